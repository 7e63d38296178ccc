using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Referrals;

/// <summary>An order with what its steps look at together.</summary>
/// <param name="Order">The order.</param>
/// <param name="Case">Its case.</param>
/// <param name="Needs">The needs it answers.</param>
/// <param name="TownshipCode">The township that buys.</param>
/// <param name="Supplier">The supplier asked, if any.</param>
public sealed record OrderScene(Order Order, Case Case, IReadOnlyList<NeedItem> Needs, string TownshipCode, Supplier? Supplier)
{
    /// <summary>True when a need does not bear waiting: shorter deadlines hold.</summary>
    public bool IsUrgent => Needs.Any(need => need.Urgency != Urgency.Normal);

    /// <summary>True when it is the fast track's: a few days of service before anything is decided.</summary>
    public bool IsEmergency => Needs.Count > 0 && Needs.All(need => need.EmergencyId is not null);

    /// <summary>The unit whose people act for the supplier.</summary>
    public string? SupplierUnit => Supplier?.OrganisationId ?? Supplier?.Id;

    /// <summary>What was decided, as monthly quantities.</summary>
    public IReadOnlyList<PlannedItem> Decided => [.. Needs.Select(need => new PlannedItem(need.ItemCode, need.Quantity, (int)Math.Ceiling(need.Quantity)))];

    /// <summary>What the notices of an order may say: its number and the case's.</summary>
    public object Reference => new { order = Order.Id, caseNumber = Case.Number };
}
