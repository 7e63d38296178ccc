namespace Relief.Flow.Activities.Orders;

/// <summary>Whether a plan version is agreed.</summary>
public enum PlanStatus
{
    Submitted,
    Agreed,
    Returned
}
