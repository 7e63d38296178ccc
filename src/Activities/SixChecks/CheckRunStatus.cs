namespace Relief.Flow.Activities.SixChecks;

/// <summary>Whether a run goes on.</summary>
public enum CheckRunStatus
{
    Open,
    Closed
}
