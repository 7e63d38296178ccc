namespace Relief.Flow.Activities.SixChecks;

/// <summary>One 666 check of a township: the quarter's own, or one that was ordered (P19, FA-040).</summary>
public sealed record CheckRun
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The month in which it begins, as 2026-04.</summary>
    public required string Period { get; init; }

    /// <summary>True when somebody ordered it beside the regular ones.</summary>
    public required bool Ordered { get; init; }

    /// <summary>By when the six items are to be checked.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether it is closed.</summary>
    public required CheckRunStatus Status { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}
