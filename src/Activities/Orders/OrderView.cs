namespace Relief.Flow.Activities.Orders;

/// <summary>An order as it is looked at.</summary>
/// <param name="Order">The order.</param>
/// <param name="Plan">The newest plan version.</param>
/// <param name="Lines">That plan's lines.</param>
/// <param name="Agreement">The agreement.</param>
public sealed record OrderView(Order Order, PlanVersion? Plan, IReadOnlyList<PlanLine> Lines, AgreementRecord? Agreement)
{
    /// <summary>All that whoever serves it may know of why it stands still, NotAvailable or Protective: never an illness, nor where somebody is (0.2b). Null while it does not.</summary>
    public string? StandsStill { get; init; }
}
