namespace Relief.Flow.Activities.Neighbours;

/// <summary>The states of a helper's subsidy.</summary>
public enum SubsidyStatus
{
    Computed,
    Agreed,
    Disputed,
    Accepted,
    Paid
}
