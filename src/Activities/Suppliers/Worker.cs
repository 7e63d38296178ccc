namespace Relief.Flow.Activities.Suppliers;

/// <summary>Someone who serves for a supplier.</summary>
public sealed record Worker
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The supplier.</summary>
    public required string SupplierId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>False when they have left.</summary>
    public required bool Active { get; init; }

    /// <summary>The last clean check for work with minors (INV-16: at most 12 months old).</summary>
    public DateOnly? BackgroundCheckedOn { get; init; }
}
