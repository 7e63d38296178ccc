namespace Relief.Flow.Activities.Settlement;

/// <summary>One position of a batch.</summary>
public sealed record SettlementLine
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>What it pays for.</summary>
    public required LineKind Kind { get; init; }

    /// <summary>The accepted record behind it.</summary>
    public string? RecordId { get; init; }

    /// <summary>The order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>The service date; it chooses the price (INV-06).</summary>
    public required DateOnly ServiceDate { get; init; }

    /// <summary>Units.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Yuan per unit on the service date.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>The price version it came from.</summary>
    public string? PriceVersionId { get; init; }

    /// <summary>Yuan; negative for a credit note.</summary>
    public decimal Amount { get; init; }

    /// <summary>The state.</summary>
    public required LineStatus Status { get; init; }

    /// <summary>Why it is held or rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>The line of an earlier batch that it puts right.</summary>
    public string? OrigLineId { get; init; }
}
