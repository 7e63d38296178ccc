namespace Relief.Flow.Activities.Archive;

/// <summary>The last number given in a series.</summary>
public sealed record NumberSeries
{
    /// <summary>The series.</summary>
    public required string Id { get; init; }

    /// <summary>The last number.</summary>
    public required int Last { get; init; }
}
