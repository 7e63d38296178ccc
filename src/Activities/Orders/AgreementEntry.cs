namespace Relief.Flow.Activities.Orders;

/// <summary>A service agreement as it is drafted.</summary>
public sealed record AgreementEntry
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The purchaser.</summary>
    public required string TownshipUnitId { get; init; }

    /// <summary>The first service date it covers.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>The price list it names.</summary>
    public required string PriceLabel { get; init; }

    /// <summary>The text's reference or hash.</summary>
    public required string Document { get; init; }
}
