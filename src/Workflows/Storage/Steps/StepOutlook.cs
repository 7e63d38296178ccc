namespace Relief.Flow.Workflows.Storage.Steps;

/// <summary>What is known of a step in a version that instances run on.</summary>
public sealed record StepOutlook(string VersionId, string ActivityId)
{
    /// <summary>The published version in which it is gone or of another type; null when it is as it was.</summary>
    public int? PartedAt { get; init; }

    /// <summary>What it usually takes; zero when too little is known.</summary>
    public TimeSpan Usual { get; init; }

    /// <summary>What usually follows it until the limit's end; null when no limit lies before it.</summary>
    public TimeSpan? Rest { get; init; }

    /// <summary>The limit, from the start of the instance; null with <see cref="Rest"/>.</summary>
    public TimeSpan? Allowed { get; init; }
}
