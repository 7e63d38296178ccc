namespace Relief.Flow.Activities.Surveys;

/// <summary>One surveyor's signature; two distinct ones make a survey (CZ-042).</summary>
public sealed record SurveySigner
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The survey.</summary>
    public required string SurveyId { get; init; }

    /// <summary>Who signed.</summary>
    public required string StaffId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>On which device.</summary>
    public required string Device { get; init; }
}
