namespace Relief.Flow.Activities.Appeals;

/// <summary>What an internal review says (P25 step 3).</summary>
public enum AppealResult
{
    Upheld,
    Changed,
    Revoked,
    Resurvey
}
