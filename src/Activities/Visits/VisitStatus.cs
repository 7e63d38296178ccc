namespace Relief.Flow.Activities.Visits;

/// <summary>The states of a planned visit.</summary>
public enum VisitStatus
{
    Scheduled,
    Dispatched,
    Started,
    Done,
    NoShow,
    Refused,
    NobodyHome,
    Missing,
    Cancelled
}
