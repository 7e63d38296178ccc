namespace Relief.Flow.Activities.Guidance;

/// <summary>What a half-year or a year has come to in a city or a county: practice, effect, problems, suggestions, with the figures that show it (CZ-153).</summary>
public sealed record GuidanceSummary
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The city or county.</summary>
    public required string AreaCode { get; init; }

    /// <summary>When it was drafted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drafted it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>What was done, without a name.</summary>
    public required string Practice { get; init; }

    /// <summary>What came of it.</summary>
    public required string Effect { get; init; }

    /// <summary>What does not work.</summary>
    public required string Problems { get; init; }

    /// <summary>What should be done about it.</summary>
    public required string Suggestions { get; init; }

    /// <summary>The figures that show it, by their keys; what they come to is reckoned whenever it is read.</summary>
    public string[] Figures { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public required SummaryStatus Status { get; init; }

    /// <summary>Who confirmed it; not who drafted it.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }
}

/// <summary>Where a summary stands.</summary>
public enum SummaryStatus
{
    Drafted,
    Confirmed
}
