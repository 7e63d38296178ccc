namespace Relief.Flow.Activities.Cases;

/// <summary>One thing that happened.</summary>
/// <param name="What">The deed as a past participle.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Detail">What was kept of it, as JSON.</param>
public sealed record TimelineEntry(string What, string By, DateTimeOffset At, string Detail);
