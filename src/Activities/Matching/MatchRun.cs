namespace Relief.Flow.Activities.Matching;

/// <summary>One comparison of a county's persons with its partners' data (P17).</summary>
public sealed record MatchRun
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The month, as 2026-05.</summary>
    public required string Period { get; init; }

    /// <summary>Whether it is the month's own run; a county has one of those a month.</summary>
    public required bool Monthly { get; init; }

    /// <summary>The rules it goes by.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>The state.</summary>
    public required MatchRunStatus Status { get; init; }

    /// <summary>Until when partners are waited for.</summary>
    public required DateTimeOffset FetchUntil { get; init; }

    /// <summary>True when a partner's data was missing when it was compared.</summary>
    public required bool Partial { get; init; }

    /// <summary>When it was compared.</summary>
    public DateTimeOffset? MatchedAt { get; init; }

    /// <summary>How many persons of the county received relief on that day: all of them are compared again.</summary>
    public int? Recipients { get; init; }

    /// <summary>When the county was told of it.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>When the partners' rows were deleted.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}
