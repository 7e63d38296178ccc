namespace Relief.Flow.Activities.Rounds;

/// <summary>A report as it is handed in.</summary>
public sealed record ReportEntry
{
    /// <summary>The visit.</summary>
    public required string VisitId { get; init; }

    /// <summary>Other visits to the same family that it serves too: the grid's and the village's, never village and street.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>How it went.</summary>
    public required VisitOutcome Outcome { get; init; }

    /// <summary>How the family was visited.</summary>
    public required VisitMode Mode { get; init; }

    /// <summary>Who was there.</summary>
    public required string VisitedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset VisitedAt { get; init; }

    /// <summary>How the family lives.</summary>
    public string? Situation { get; init; }

    /// <summary>What they need.</summary>
    public string? Needs { get; init; }

    /// <summary>What has changed.</summary>
    public IReadOnlyList<SeenChange> Changes { get; init; } = [];

    /// <summary>What danger somebody is in.</summary>
    public string? Danger { get; init; }

    /// <summary>Whether the policy was explained.</summary>
    public bool PolicyExplained { get; init; }

    /// <summary>Where it was reported from: latitude and longitude.</summary>
    public (double Latitude, double Longitude)? Place { get; init; }

    /// <summary>References of photos.</summary>
    public IReadOnlyList<string> Photos { get; init; } = [];
}
