namespace Relief.Flow.Activities.Settlement;

/// <summary>That no money moves for a service record: a spot check found that it did not happen as it was written, or fraud is suspected (E17).</summary>
public sealed record RecordFreeze
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was frozen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who froze it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The record.</summary>
    public required string RecordId { get; init; }

    /// <summary>Why, as a code.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was lifted.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>Who lifted it.</summary>
    public string? LiftedBy { get; init; }
}
