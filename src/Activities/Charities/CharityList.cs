namespace Relief.Flow.Activities.Charities;

/// <summary>A list of names that the county sends to a charity: compiled by one officer, checked by another, deleted by the charity in the end.</summary>
public sealed record CharityList
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who opened it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The charity.</summary>
    public required string CharityId { get; init; }

    /// <summary>Its number within the project, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>How far it is.</summary>
    public required CharityListStatus Status { get; init; }

    /// <summary>The officer who compiled it.</summary>
    public string? CompiledBy { get; init; }

    /// <summary>The officer who checked it: somebody else.</summary>
    public string? CheckedBy { get; init; }

    /// <summary>The hash of what was sent.</summary>
    public string? ContentHash { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the last person on it was served or had left it: from then the charity has 30 days to delete it (INV-26).</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The charity's certificate that it is deleted.</summary>
    public string? Certificate { get; init; }

    /// <summary>When the charity confirmed that.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
