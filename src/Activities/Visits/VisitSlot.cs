namespace Relief.Flow.Activities.Visits;

/// <summary>A planned visit.</summary>
public sealed record VisitSlot
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

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTimeOffset PlannedStart { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset PlannedEnd { get; init; }

    /// <summary>Who goes.</summary>
    public string? WorkerId { get; init; }

    /// <summary>The state.</summary>
    public required VisitStatus Status { get; init; }
}
