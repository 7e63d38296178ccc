namespace Relief.Flow.Activities.Referrals;

/// <summary>When the visits of one item take place.</summary>
/// <param name="ItemCode">The item.</param>
/// <param name="Days">Days of the month; without them the visits are spread evenly.</param>
/// <param name="Time">When a visit begins, local time.</param>
/// <param name="Minutes">How long it lasts; without it the quantity or the item says.</param>
public sealed record VisitRule(string ItemCode, IReadOnlyList<int>? Days, TimeOnly? Time, int? Minutes);
