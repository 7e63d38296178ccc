namespace Relief.Flow.Activities.Appeals;

/// <summary>That another body looks at the matter: a reconsideration or a lawsuit with its dates and its result (P25 step 5).</summary>
public sealed record ExternalTrack
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township, or the county.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The matter.</summary>
    public required string AppealId { get; init; }

    /// <summary>Reconsideration or lawsuit.</summary>
    public required TrackKind Kind { get; init; }

    /// <summary>Who decides.</summary>
    public required string Body { get; init; }

    /// <summary>Its number there.</summary>
    public required string Reference { get; init; }

    /// <summary>The day it was accepted there.</summary>
    public required DateOnly FiledOn { get; init; }

    /// <summary>By when it is decided: 60 days, 30 more when it is extended.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>When it was extended.</summary>
    public DateOnly? ExtendedOn { get; init; }

    /// <summary>Upheld, Changed, Revoked or Withdrawn.</summary>
    public AppealEnd? Result { get; init; }

    /// <summary>The day of the result.</summary>
    public DateOnly? ResultOn { get; init; }

    /// <summary>What it says, in short.</summary>
    public string? Note { get; init; }
}
