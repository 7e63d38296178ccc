namespace Relief.Flow.Activities.Surveys;

/// <summary>That a survey came in from a phone, under the phone's own number: once, however often it is sent. It never changes.</summary>
public sealed record SurveyReceipt
{
    /// <summary>The phone's own number of the submission.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The surveyor who sent it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The survey.</summary>
    public required string SurveyId { get; init; }

    /// <summary>Keyed signature of what was sent: the same number with something else is refused.</summary>
    public required string Content { get; init; }

    /// <summary>On which device it was filled in.</summary>
    public required string Device { get; init; }

    /// <summary>When, by the device's clock.</summary>
    public required DateTimeOffset DeviceTime { get; init; }

    /// <summary>Where the device was, sealed; none of a survey from afar.</summary>
    public string? PlaceSealed { get; init; }

    /// <summary>The photos by their hash.</summary>
    public string[] Photos { get; init; } = [];

    /// <summary>The task that it completed.</summary>
    public required string TaskId { get; init; }

    /// <summary>The app that it came from.</summary>
    public required string Source { get; init; }
}
