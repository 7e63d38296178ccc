namespace Relief.Flow.Activities.Surveys;

/// <summary>A survey as the team sends it.</summary>
public sealed record SurveySubmission
{
    /// <summary>The survey.</summary>
    public required string SurveyId { get; init; }

    /// <summary>The signatures; two distinct members of the team at least.</summary>
    public required IReadOnlyList<SignatureEntry> Signatures { get; init; }

    /// <summary>The self-care indicators that fail, of <see cref="SelfCare.Indicators"/>.</summary>
    public required IReadOnlyList<string> FailedIndicators { get; init; }

    /// <summary>The form's answers, as JSON.</summary>
    public string Answers { get; init; } = "{}";

    /// <summary>The initial-review opinion.</summary>
    public required SurveyOpinion Opinion { get; init; }

    /// <summary>The items recommended.</summary>
    public IReadOnlyList<string> RecommendedItems { get; init; } = [];

    /// <summary>The household member who signed.</summary>
    public string? FamilySigner { get; init; }

    /// <summary>Why none did.</summary>
    public string? FamilyRefusal { get; init; }

    /// <summary>Where: home, ward, remote.</summary>
    public string Place { get; init; } = "home";

    /// <summary>How many photographs came with it.</summary>
    public int PhotoCount { get; init; }
}
