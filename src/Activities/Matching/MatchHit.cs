namespace Relief.Flow.Activities.Matching;

/// <summary>Somebody whom a partner's data says something about. It stays when the partner's rows are deleted; it decides nothing by itself.</summary>
public sealed record MatchHit
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person's village, or that of the hit list.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The file.</summary>
    public required string FileId { get; init; }

    /// <summary>The data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>The version of the rules.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>The line of the file.</summary>
    public required int Line { get; init; }

    /// <summary>What it is about.</summary>
    public required string Kind { get; init; }

    /// <summary>What it may mean.</summary>
    public required WarningClass Warning { get; init; }

    /// <summary>1 to 3.</summary>
    public required int Severity { get; init; }

    /// <summary>The person, or the pseudonym of one whom the register does not know.</summary>
    public required string Who { get; init; }

    /// <summary>The person, when the register knows them.</summary>
    public string? PersonId { get; init; }

    /// <summary>The partner's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The day that the partner names: of the death, the marriage.</summary>
    public DateOnly? EventOn { get; init; }

    /// <summary>What became of it.</summary>
    public required HitStatus Status { get; init; }

    /// <summary>Why nobody was troubled with it.</summary>
    public Suppression? Suppressed { get; init; }

    /// <summary>When its check was begun.</summary>
    public DateTimeOffset? FollowedAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What was found.</summary>
    public string? Finding { get; init; }

    /// <summary>The discovery that came of it.</summary>
    public string? DiscoveryId { get; init; }
}
