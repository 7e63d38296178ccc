namespace Relief.Flow.Activities.Orders;

/// <summary>An order as it is made from confirmed needs.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="NeedItemIds">The needs it answers.</param>
/// <param name="Pathway">M1 to M7.</param>
/// <param name="PlannedFrom">The first day of service.</param>
/// <param name="PlannedTo">The last.</param>
public sealed record OrderEntry(string CaseId, IReadOnlyList<string> NeedItemIds, string Pathway, DateOnly PlannedFrom, DateOnly PlannedTo);
