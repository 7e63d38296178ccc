namespace Relief.Flow.Activities.Organisations;

/// <summary>A body of the relief network.</summary>
public sealed record Organisation
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county that keeps it.</summary>
    public required string CountyCode { get; init; }

    /// <summary>What it is.</summary>
    public required OrganisationKind Kind { get; init; }

    /// <summary>The area it works for.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>The organisation that delegated its authority, where it acts for another.</summary>
    public string? DelegatedBy { get; init; }
}
