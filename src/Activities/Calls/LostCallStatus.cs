namespace Relief.Flow.Activities.Calls;

/// <summary>How a call that was lost stands.</summary>
public enum LostCallStatus
{
    Open,
    Answered,
    NotReached
}
