namespace Relief.Flow.Activities.Orders;

/// <summary>The monthly quantity of one item.</summary>
/// <param name="ItemCode">The item.</param>
/// <param name="QuantityPerMonth">Units per month.</param>
/// <param name="VisitsPerMonth">In how many visits.</param>
public sealed record PlannedItem(string ItemCode, decimal QuantityPerMonth, int VisitsPerMonth);
