namespace Relief.Flow.Activities.Orders;

/// <summary>A service plan as a supplier drafts it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Goals">What it is to reach.</param>
/// <param name="ScheduleRule">When visits take place, as JSON.</param>
/// <param name="Lines">The monthly quantity of each item.</param>
public sealed record PlanEntry(string OrderId, string Goals, string ScheduleRule, IReadOnlyList<PlannedItem> Lines);
