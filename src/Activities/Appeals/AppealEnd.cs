namespace Relief.Flow.Activities.Appeals;

/// <summary>How a matter ended.</summary>
public enum AppealEnd
{
    Upheld,
    Changed,
    Revoked,
    TooLate,
    Withdrawn,
    Died
}
