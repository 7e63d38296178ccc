namespace Relief.Flow.Activities.Settlement;

/// <summary>The states of a monthly batch.</summary>
public enum BatchStatus
{
    Open,
    Claimed,
    Verifying,
    Reviewed,
    Approved,
    Paid,
    Closed,
    Returned
}
