namespace Relief.Flow.Activities.Guidance;

/// <summary>A case that others may learn from, with what it came to for the person, told without a name (CZ-156, PL-037). It is public only as long as the person agrees.</summary>
public sealed record TypicalCase
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was drafted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drafted it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What was done.</summary>
    public required string Story { get; init; }

    /// <summary>What it came to for the person: the house is clean, they go out again.</summary>
    public required string Outcome { get; init; }

    /// <summary>How the person agreed to exactly this text: paper, voice, app.</summary>
    public string? ConsentForm { get; init; }

    /// <summary>Who took the consent down.</summary>
    public string? ConsentBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConsentAt { get; init; }

    /// <summary>When the person took it back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required TypicalCaseStatus Status { get; init; }

    /// <summary>Who published it; not who drafted it.</summary>
    public string? PublishedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was taken down.</summary>
    public DateTimeOffset? TakenDownAt { get; init; }
}

/// <summary>Where a typical case stands.</summary>
public enum TypicalCaseStatus
{
    Drafted,
    Published,
    TakenDown
}
