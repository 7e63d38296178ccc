namespace Relief.Flow.Activities.Settlement;

/// <summary>How a dispute ended.</summary>
public enum DisputeOutcome
{
    Upheld,
    Overturned
}
