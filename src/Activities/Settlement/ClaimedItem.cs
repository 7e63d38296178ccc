namespace Relief.Flow.Activities.Settlement;

/// <summary>What a supplier claims for one order and item in the batch.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ItemCode">The item.</param>
/// <param name="Quantity">Units.</param>
public sealed record ClaimedItem(string OrderId, string ItemCode, decimal Quantity);
