namespace Relief.Flow.Activities.Orders;

/// <summary>An order as it is looked at.</summary>
/// <param name="Order">The order.</param>
/// <param name="Plan">The newest plan version.</param>
/// <param name="Lines">That plan's lines.</param>
/// <param name="Agreement">The agreement.</param>
public sealed record OrderView(Order Order, PlanVersion? Plan, IReadOnlyList<PlanLine> Lines, AgreementRecord? Agreement);
