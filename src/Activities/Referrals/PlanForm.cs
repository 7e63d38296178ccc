using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Referrals;

/// <summary>A service plan as a supplier submits it.</summary>
/// <param name="Goals">What it is to reach.</param>
/// <param name="Lines">Items with their monthly quantity and number of visits.</param>
/// <param name="Schedule">When visits take place; without it they are spread over the month.</param>
public sealed record PlanForm(string? Goals, IReadOnlyList<PlannedItem>? Lines, IReadOnlyList<VisitRule>? Schedule);
