namespace Relief.Flow.Activities.Surveys;

/// <summary>A household survey; a submitted one is never changed (INV-09).</summary>
public sealed record SurveyRecord
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>1 for the first; a correction is a new version.</summary>
    public required int Version { get; init; }

    /// <summary>Who surveys.</summary>
    public required SurveyMode Mode { get; init; }

    /// <summary>The form.</summary>
    public required string TemplateId { get; init; }

    /// <summary>The staff assigned.</summary>
    public string[] Team { get; init; } = [];

    /// <summary>The agreed time.</summary>
    public DateTimeOffset? AppointmentAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required SurveyStatus Status { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The self-care indicators failed, of the six.</summary>
    public string[] FailedIndicators { get; init; } = [];

    /// <summary>The form's answers, as JSON.</summary>
    public required string Answers { get; init; }

    /// <summary>The initial-review opinion.</summary>
    public SurveyOpinion? Opinion { get; init; }

    /// <summary>The items the team recommends.</summary>
    public string[] RecommendedItems { get; init; } = [];

    /// <summary>The household member who signed.</summary>
    public string? FamilySigner { get; init; }

    /// <summary>Why none did.</summary>
    public string? FamilyRefusal { get; init; }

    /// <summary>Where: home, ward, remote.</summary>
    public required string Place { get; init; }

    /// <summary>How many photographs came with it.</summary>
    public required int PhotoCount { get; init; }

    /// <summary>What a reviewer should look at: SameDevice, SignedTooFast …</summary>
    public string[] Flags { get; init; } = [];
}
