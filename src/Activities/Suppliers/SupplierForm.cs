namespace Relief.Flow.Activities.Suppliers;

/// <summary>A supplier as it applies.</summary>
public sealed record SupplierForm
{
    /// <summary>Its id.</summary>
    public string? Id { get; init; }

    /// <summary>The county that lists it.</summary>
    public string? CountyCode { get; init; }

    /// <summary>The organisation behind it.</summary>
    public string? OrganisationId { get; init; }

    /// <summary>The Chinese name.</summary>
    public string? Name { get; init; }

    /// <summary>Items it applies for.</summary>
    public string[] Items { get; init; } = [];

    /// <summary>Areas it serves.</summary>
    public string[] Areas { get; init; } = [];

    /// <summary>Active orders it can carry.</summary>
    public int Capacity { get; init; }

    /// <summary>Where it is paid.</summary>
    public string? BankAccount { get; init; }

    /// <summary>True when its staff are checked for work with minors.</summary>
    public bool ChildVetting { get; init; }

    /// <summary>The last day of its licence.</summary>
    public DateOnly? LicenceUntil { get; init; }

    /// <summary>The first day of its framework agreement.</summary>
    public DateOnly? AgreementFrom { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? AgreementTo { get; init; }

    /// <summary>What is missing, all at once.</summary>
    public IReadOnlyList<string> Missing()
    {
        var checks = new (string Field, bool Given)[]
        {
            ("id", Id is { Length: > 0 }), ("countyCode", CountyCode is { Length: > 0 }), ("name", Name is { Length: > 0 }), ("items", Items.Length > 0),
            ("areas", Areas.Length > 0), ("capacity", Capacity > 0), ("bankAccount", BankAccount is { Length: > 0 }), ("licenceUntil", LicenceUntil is not null),
            ("agreementFrom", AgreementFrom is not null), ("agreementTo", AgreementTo is not null)
        };
        return [.. checks.Where(check => !check.Given).Select(check => check.Field)];
    }

    internal Supplier ToSupplier(string by, DateTimeOffset at) => new()
    {
        Id = Id!,
        CountyCode = CountyCode!,
        CreatedAt = at,
        CreatedBy = by,
        OrganisationId = OrganisationId,
        Name = Name!,
        Status = SupplierStatus.Active,
        Items = Items,
        Areas = Areas,
        Capacity = Capacity,
        BankAccount = BankAccount,
        ChildVetting = ChildVetting,
        LicenceUntil = LicenceUntil,
        AgreementFrom = AgreementFrom,
        AgreementTo = AgreementTo
    };
}
