namespace Relief.Flow.Activities.Rounds;

/// <summary>What somebody reports of one attempt at a visit (A41). It is never changed; what looks wrong about it is marked.</summary>
public sealed record HomeReport
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was handed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who handed it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The visit.</summary>
    public required string VisitId { get; init; }

    /// <summary>The family.</summary>
    public required string FamilyId { get; init; }

    /// <summary>The person of the visit.</summary>
    public required string PersonId { get; init; }

    /// <summary>How it went.</summary>
    public required VisitOutcome Outcome { get; init; }

    /// <summary>How the family was visited.</summary>
    public required VisitMode Mode { get; init; }

    /// <summary>Why a call counts.</summary>
    public RemoteGround? RemoteGround { get; init; }

    /// <summary>Who was there.</summary>
    public required string VisitedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset VisitedAt { get; init; }

    /// <summary>The day of it in China.</summary>
    public required DateOnly VisitedOn { get; init; }

    /// <summary>How the family lives.</summary>
    public string? Situation { get; init; }

    /// <summary>What they need.</summary>
    public string? Needs { get; init; }

    /// <summary>What has changed, each as <c>Income: …</c>.</summary>
    public string[] Changes { get; init; } = [];

    /// <summary>What danger somebody is in.</summary>
    public string? Danger { get; init; }

    /// <summary>Whether the policy was explained.</summary>
    public required bool PolicyExplained { get; init; }

    /// <summary>Where it was reported from.</summary>
    public double? Latitude { get; init; }

    /// <summary>Where it was reported from.</summary>
    public double? Longitude { get; init; }

    /// <summary>References of photos.</summary>
    public string[] Photos { get; init; } = [];

    /// <summary>When it was marked, because nobody makes so many visits in so short a time.</summary>
    public DateTimeOffset? FlaggedAt { get; init; }

    /// <summary>Whether it is the one with which so many came together: it is told, and not again for each that follows.</summary>
    public bool PaceAlarm { get; init; }
}
