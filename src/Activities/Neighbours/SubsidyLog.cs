namespace Relief.Flow.Activities.Neighbours;

/// <summary>A log that a subsidy counts; each log is counted once.</summary>
public sealed record SubsidyLog
{
    /// <summary>The log.</summary>
    public required string Id { get; init; }

    /// <summary>The subsidy.</summary>
    public required string SubsidyId { get; init; }
}
