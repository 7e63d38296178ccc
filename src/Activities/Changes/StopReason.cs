namespace Relief.Flow.Activities.Changes;

/// <summary>Why services end.</summary>
public enum StopReason
{
    NotEligible,
    Recovered,
    Moved,
    Refused,
    NoNeed
}
