namespace Relief.Flow.Activities.Conferences;

/// <summary>One measure of a resolution as it is written down.</summary>
/// <param name="UnitCode">The unit that does it.</param>
/// <param name="What">What it does.</param>
/// <param name="Amount">Yuan; none for help that costs none.</param>
/// <param name="DueOn">By the end of which day.</param>
/// <param name="AccountId">The unit's own fund account; none when it pays outside this service.</param>
public sealed record MeasureForm(string? UnitCode, string? What, decimal Amount, DateOnly? DueOn, string? AccountId);
