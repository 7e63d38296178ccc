namespace Relief.Flow.Activities.Catalogue;

/// <summary>An item or a price as it is proposed.</summary>
public sealed record CatalogueForm
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The item's code.</summary>
    public required string Code { get; init; }

    /// <summary>The Chinese name of an item.</summary>
    public string? Name { get; init; }

    /// <summary>The family of needs it answers.</summary>
    public string? Family { get; init; }

    /// <summary>What one unit is.</summary>
    public ItemUnit Unit { get; init; } = ItemUnit.Visit;

    /// <summary>The pathways that may deliver it.</summary>
    public string[] Pathways { get; init; } = [];

    /// <summary>The shortest credible duration of a visit.</summary>
    public int MinMinutes { get; init; } = 10;

    /// <summary>The longest.</summary>
    public int MaxMinutes { get; init; } = 480;

    /// <summary>The training that a worker needs.</summary>
    public string? TrainingCode { get; init; }

    /// <summary>True when two workers serve together.</summary>
    public bool TwoWorkers { get; init; }

    /// <summary>What its services count as in the figures.</summary>
    public ServiceClass Class { get; init; } = ServiceClass.Other;

    /// <summary>The project of the 335 method that it belongs to.</summary>
    public ServiceProject? Project { get; init; }

    /// <summary>The area of a price; the county's when it says nothing.</summary>
    public string? AreaCode { get; init; }

    /// <summary>Yuan per unit.</summary>
    public decimal Price { get; init; }

    /// <summary>The first service date of a price.</summary>
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The document that sets a price.</summary>
    public string? Document { get; init; }

    /// <summary>The name of the price list.</summary>
    public string? Label { get; init; }

    internal CatalogueItem ToItem(string by) => new()
    {
        Code = Code,
        CountyCode = CountyCode,
        Name = Name ?? Code,
        Family = Family ?? "",
        Unit = Unit,
        Pathways = Pathways,
        MinMinutes = MinMinutes,
        MaxMinutes = MaxMinutes,
        TrainingCode = TrainingCode,
        TwoWorkers = TwoWorkers,
        Class = Class,
        Project = Project,
        Status = CatalogueStatus.Proposed,
        ProposedBy = by
    };

    internal PriceVersion ToPrice(string id, Deed deed) => new()
    {
        Id = id,
        CountyCode = CountyCode,
        CreatedAt = deed.At,
        CreatedBy = deed.By,
        ItemCode = Code,
        AreaCode = AreaCode ?? CountyCode,
        Price = Price,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Document = Document ?? "",
        Label = Label ?? "",
        Status = CatalogueStatus.Proposed
    };
}
