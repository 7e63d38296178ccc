namespace Relief.Flow.Activities.Settlement;

/// <summary>The states of a settlement line.</summary>
public enum LineStatus
{
    Claimed,
    Verified,
    Hold,
    Rejected,
    Approved,
    Paid
}
