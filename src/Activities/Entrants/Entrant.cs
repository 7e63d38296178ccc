namespace Relief.Flow.Activities.Entrants;

/// <summary>Somebody who was newly included, and what came of the contact. An outcome is never taken back.</summary>
public sealed record Entrant
{
    /// <summary>The identifier: list and person.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The list.</summary>
    public required string EntrantsId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The first day of inclusion.</summary>
    public required DateOnly IncludedOn { get; init; }

    /// <summary>When the follow-up was begun.</summary>
    public DateTimeOffset? FollowedAt { get; init; }

    /// <summary>What came of it.</summary>
    public EntrantOutcome? Outcome { get; init; }

    /// <summary>What was said.</summary>
    public string? Note { get; init; }

    /// <summary>Who asked.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The discovery that came of it.</summary>
    public string? DiscoveryId { get; init; }
}
