namespace Relief.Flow.Activities.Requests;

/// <summary>How a request stands.</summary>
public enum RequestStatus
{
    Open,
    Answered,
    Merged
}
