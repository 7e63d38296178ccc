namespace Relief.Flow.Activities.Orders;

/// <summary>One confirmed need sent down one pathway to one supplier.</summary>
public sealed record Order
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The needs it answers.</summary>
    public string[] NeedItemIds { get; init; } = [];

    /// <summary>M1 to M7.</summary>
    public required string Pathway { get; init; }

    /// <summary>The supplier asked; the last one when several were.</summary>
    public string? SupplierId { get; init; }

    /// <summary>The money behind it.</summary>
    public string? ReservationId { get; init; }

    /// <summary>The state.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>When the referral was sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the supplier answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The suppliers that declined or let it time out.</summary>
    public string[] DeclinedBy { get; init; } = [];

    /// <summary>The first day of service.</summary>
    public required DateOnly PlannedFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly PlannedTo { get; init; }

    /// <summary>The key it was created with.</summary>
    public required string IdemKey { get; init; }
}
