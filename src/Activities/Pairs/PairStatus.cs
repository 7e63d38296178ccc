namespace Relief.Flow.Activities.Pairs;

/// <summary>The states of a pair.</summary>
public enum PairStatus
{
    Proposed,
    Active,
    Declined,
    Ended
}
