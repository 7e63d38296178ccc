namespace Relief.Flow.Activities.RedVest;

/// <summary>A session as the social worker writes it down.</summary>
/// <param name="HeldOn">The day.</param>
/// <param name="Hours">How long.</param>
/// <param name="Task">What was to be done, in words that volunteers may read.</param>
/// <param name="Note">The confidential note.</param>
public sealed record SessionForm(DateOnly HeldOn, decimal Hours, string? Task, string? Note)
{
    /// <summary>The volunteer who took part, if any.</summary>
    public string? VolunteerId { get; init; }
}
