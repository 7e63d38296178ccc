namespace Relief.Flow.Activities.Neighbours;

/// <summary>The states of a neighbour's log.</summary>
public enum LogStatus
{
    Recorded,
    Confirmed,
    Rejected
}
