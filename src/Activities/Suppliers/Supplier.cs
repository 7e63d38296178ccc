namespace Relief.Flow.Activities.Suppliers;

/// <summary>A body that delivers services (CZ-014).</summary>
public sealed record Supplier
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The organisation behind it.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it may be chosen.</summary>
    public required SupplierStatus Status { get; init; }

    /// <summary>The codes of the items it is listed for.</summary>
    public string[] Items { get; init; } = [];

    /// <summary>The areas it serves, each with all below it.</summary>
    public string[] Areas { get; init; } = [];

    /// <summary>How many active orders it can carry.</summary>
    public required int Capacity { get; init; }

    /// <summary>The quality score, 0 to 5.</summary>
    public decimal Rating { get; init; }

    /// <summary>Where it is paid.</summary>
    public string? BankAccount { get; init; }

    /// <summary>True when its staff are checked for work with minors.</summary>
    public required bool ChildVetting { get; init; }

    /// <summary>The last day of its licence.</summary>
    public DateOnly? LicenceUntil { get; init; }

    /// <summary>The first day of its framework agreement.</summary>
    public DateOnly? AgreementFrom { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? AgreementTo { get; init; }
}
