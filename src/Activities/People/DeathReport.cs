namespace Relief.Flow.Activities.People;

/// <summary>What was heard of a death.</summary>
/// <param name="DiedOn">The day.</param>
/// <param name="Source">Who said so.</param>
public sealed record DeathReport(DateOnly DiedOn, string Source);
