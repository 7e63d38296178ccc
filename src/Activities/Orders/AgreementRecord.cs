namespace Relief.Flow.Activities.Orders;

/// <summary>The service agreement of an order.</summary>
public sealed record AgreementRecord
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The supplier.</summary>
    public required string SupplierId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The purchaser.</summary>
    public required string TownshipUnitId { get; init; }

    /// <summary>The first service date it covers.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>Whether it binds.</summary>
    public required AgreementStatus Status { get; init; }

    /// <summary>The price list it names.</summary>
    public required string PriceLabel { get; init; }

    /// <summary>The text's reference or hash.</summary>
    public required string Document { get; init; }
}
