namespace Relief.Flow.Activities.Settlement;

/// <summary>One supplier's month in one township.</summary>
public sealed record SettlementBatch
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township.</summary>
    public required string TownshipCode { get; init; }

    /// <summary>The supplier.</summary>
    public required string SupplierId { get; init; }

    /// <summary>yyyy-MM.</summary>
    public required string Month { get; init; }

    /// <summary>The state.</summary>
    public required BatchStatus Status { get; init; }

    /// <summary>Who verified it.</summary>
    public string? Clerk { get; init; }

    /// <summary>Who approved it: never the clerk (INV-09).</summary>
    public string? Approver { get; init; }

    /// <summary>When the supplier claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it was paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? Voucher { get; init; }

    /// <summary>Yuan paid.</summary>
    public decimal PaidTotal { get; init; }
}
