namespace Relief.Flow.Activities.Neighbours;

/// <summary>One visit of a neighbour, written down by the village; it counts when the person, or a call to them, has confirmed it (INV-17).</summary>
public sealed record NeighbourLog
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The village recorder; never the helper.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township whose sheet counts it.</summary>
    public required string TownshipCode { get; init; }

    /// <summary>The pair.</summary>
    public required string PairId { get; init; }

    /// <summary>The helper.</summary>
    public required string HelperId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly ServiceDate { get; init; }

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>Whether it counts.</summary>
    public required LogStatus Status { get; init; }

    /// <summary>Who took the confirmation.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>How: Beneficiary, SampleCall or Review.</summary>
    public string? ConfirmedHow { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Why it was rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>The key it was written with.</summary>
    public required string IdemKey { get; init; }
}
