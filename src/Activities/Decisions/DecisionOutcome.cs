namespace Relief.Flow.Activities.Decisions;

/// <summary>What an authority decided.</summary>
public enum DecisionOutcome
{
    Confirmed,
    Denied,
    Deferred,
    Returned,
    Escalated
}
