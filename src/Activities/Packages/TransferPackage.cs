namespace Relief.Flow.Activities.Packages;

/// <summary>What who leaves the county was offered to take along: a package of their own file, made by their consent, handed over once (转移资料包, E03, PIPL arts 23 and 45).</summary>
/// <remarks>The database holds it: one offer for each departure, no package without a consent that stands, and what has come to an end is never changed or offered again.</remarks>
public sealed record TransferPackage
{
    /// <summary>The identifier: that of the change by which the person leaves.</summary>
    public required string Id { get; init; }

    /// <summary>The county that they leave.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was offered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who offered it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village that they leave.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The case that is closed.</summary>
    public required string CaseId { get; init; }

    /// <summary>The receiving place, by its code where it is known here, else by its name; null without a consent.</summary>
    public string? Place { get; init; }

    /// <summary>How they consented: paper, voice, app.</summary>
    public string? Form { get; init; }

    /// <summary>Who consented: Person or Guardian.</summary>
    public string? GivenBy { get; init; }

    /// <summary>When they consented.</summary>
    public DateTimeOffset? ConsentedAt { get; init; }

    /// <summary>Who got it: Person, Guardian or Place.</summary>
    public string? Receiver { get; init; }

    /// <summary>The number of the receipt.</summary>
    public string? Receipt { get; init; }

    /// <summary>The SHA-256 of what was handed over.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Who handed it over.</summary>
    public string? HandedBy { get; init; }

    /// <summary>What became of it; null while it is open.</summary>
    public PackageOutcome? Outcome { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether a consent stands by which it may be handed over.</summary>
    public bool MayGo => ConsentedAt is not null && Outcome is null;
}
