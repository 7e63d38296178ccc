namespace Relief.Flow.Activities.Surveys;

/// <summary>What a surveyor has filled in on a phone and not yet handed in; sealed, and nobody else's to see.</summary>
public sealed record SurveyDraft
{
    /// <summary>The survey and the surveyor: one draft each.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it came last.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The surveyor.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The survey.</summary>
    public required string SurveyId { get; init; }

    /// <summary>On which device.</summary>
    public required string Device { get; init; }

    /// <summary>When the device kept it; what is older does not replace it.</summary>
    public required DateTimeOffset DeviceTime { get; init; }

    /// <summary>The form so far, sealed.</summary>
    public required string ContentSealed { get; init; }
}
