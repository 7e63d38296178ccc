namespace Relief.Flow.Activities.Agents;

/// <summary>How an errand stands.</summary>
public enum ErrandStatus
{
    Open,
    Done,
    Blocked,
    Dropped
}
