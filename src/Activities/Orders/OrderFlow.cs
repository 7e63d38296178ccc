using static Relief.Flow.Activities.Orders.OrderStatus;

namespace Relief.Flow.Activities.Orders;

/// <summary>Which state of an order may follow which (workflows.md 3.0.2).</summary>
public static class OrderFlow
{
    private static readonly Dictionary<OrderStatus, OrderStatus[]> Next = new()
    {
        [Created] = [Sent, Cancelled],
        [Sent] = [Accepted, Declined, TimedOut, Cancelled],
        // Where nothing is bought there is no agreement to sign, and a charity may take its word back before it has given anything.
        [Accepted] = [PlanSubmitted, Active, Declined, Cancelled, Transferred],
        [Declined] = [Sent, Cancelled],
        [TimedOut] = [Sent, Cancelled],
        [PlanSubmitted] = [PlanAgreed, PlanReturned, Cancelled],
        [PlanReturned] = [PlanSubmitted, Sent, Cancelled],
        [PlanAgreed] = [AgreementSigned, Active, PlanSubmitted, Cancelled],
        [AgreementSigned] = [Active, Cancelled],
        [Active] = [Paused, Ended, Cancelled, Transferred],
        [Paused] = [Active, Ended, Cancelled, Transferred],
        [Ended] = [],
        [Cancelled] = [],
        [Transferred] = [Sent, Ended]
    };

    /// <summary>The states in which an order has come to its end; one that is handed on has not.</summary>
    public static OrderStatus[] Over { get; } = [.. Next.Where(state => state.Value.Length == 0).Select(state => state.Key)];

    /// <summary>Whether an order has come to its end.</summary>
    public static bool IsOver(OrderStatus status) => Over.Contains(status);

    /// <summary>Whether an order may pass from one state to another; staying is always allowed.</summary>
    public static bool Allows(OrderStatus from, OrderStatus to) => from == to || Next[from].Contains(to);
}
