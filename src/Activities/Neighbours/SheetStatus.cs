namespace Relief.Flow.Activities.Neighbours;

/// <summary>The states of a township's sheet of a year.</summary>
public enum SheetStatus
{
    Frozen,
    Reserved,
    Reviewed,
    Published,
    Committed,
    Paid
}
