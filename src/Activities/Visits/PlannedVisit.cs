namespace Relief.Flow.Activities.Visits;

/// <summary>A visit to be planned.</summary>
/// <param name="ItemCode">The item.</param>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
public sealed record PlannedVisit(string ItemCode, DateTimeOffset Start, DateTimeOffset End);
