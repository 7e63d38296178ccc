namespace Relief.Flow.Activities.Covers;

/// <summary>Who goes on with an order when its supplier leaves (E05): one row for each order and leaving.</summary>
public sealed record OrderCover
{
    /// <summary>The identifier: order and supplier that leaves.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was announced.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who announced it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Who leaves.</summary>
    public required string FromSupplierId { get; init; }

    /// <summary>The last day of the old service.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>Who goes on; none while the township covers the emergency.</summary>
    public string? ToSupplierId { get; init; }

    /// <summary>When it was decided who goes on.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When the new service began.</summary>
    public DateTimeOffset? TakenOverAt { get; init; }

    /// <summary>Whole hours without a supplier between the old service and the new.</summary>
    public int? GapHours { get; init; }
}
