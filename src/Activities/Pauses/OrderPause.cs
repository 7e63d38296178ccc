namespace Relief.Flow.Activities.Pauses;

/// <summary>From when to when an order stood still and which visits fell away (E11, E21).</summary>
public sealed record OrderPause
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who paused.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>NotAvailable or Protective: never an illness.</summary>
    public required string Reason { get; init; }

    /// <summary>The visits that were cancelled.</summary>
    public required string[] VisitIds { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
