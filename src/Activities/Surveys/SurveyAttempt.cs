namespace Relief.Flow.Activities.Surveys;

/// <summary>A visit that found nobody or was refused (E06).</summary>
public sealed record SurveyAttempt
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The survey.</summary>
    public required string SurveyId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AttemptedAt { get; init; }

    /// <summary>NobodyHome, RefusedEntry, Danger.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who went.</summary>
    public required string AttemptedBy { get; init; }

    /// <summary>What was found.</summary>
    public required string Note { get; init; }
}
