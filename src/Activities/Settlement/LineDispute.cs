namespace Relief.Flow.Activities.Settlement;

/// <summary>A supplier's one dispute of a line (E13).</summary>
public sealed record LineDispute
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The line.</summary>
    public required string LineId { get; init; }

    /// <summary>What it rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>The clerk who decided the line first.</summary>
    public required string VerifiedBy { get; init; }

    /// <summary>The clerk who decides the dispute: another one.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>How it ended.</summary>
    public DisputeOutcome? Outcome { get; init; }

    /// <summary>The record accepted late, when the dispute was overturned.</summary>
    public string? RecordId { get; init; }
}
