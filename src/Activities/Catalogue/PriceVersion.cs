namespace Relief.Flow.Activities.Catalogue;

/// <summary>The charge standard of an item in an area from a day on; approved ones never overlap (INV-27).</summary>
public sealed record PriceVersion
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>The area and all below it.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Yuan per unit.</summary>
    public decimal Price { get; init; }

    /// <summary>The first service date it holds for.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The document that sets it.</summary>
    public required string Document { get; init; }

    /// <summary>The name of the price list, e.g. v2026-1.</summary>
    public required string Label { get; init; }

    /// <summary>Whether it holds.</summary>
    public required CatalogueStatus Status { get; init; }

    /// <summary>The county officer who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }
}
