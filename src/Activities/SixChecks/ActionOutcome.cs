namespace Relief.Flow.Activities.SixChecks;

/// <summary>How an action ended.</summary>
public enum ActionOutcome
{
    Done,
    NotPossible
}
