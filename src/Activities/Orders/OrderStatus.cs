namespace Relief.Flow.Activities.Orders;

/// <summary>The states of an order (workflows.md 3.0.2).</summary>
public enum OrderStatus
{
    Created,
    Sent,
    Accepted,
    Declined,
    TimedOut,
    PlanSubmitted,
    PlanAgreed,
    PlanReturned,
    AgreementSigned,
    Active,
    Paused,
    Ended,
    Cancelled,
    Transferred
}
