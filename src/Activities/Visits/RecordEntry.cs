namespace Relief.Flow.Activities.Visits;

/// <summary>A service record as a worker sends it.</summary>
public sealed record RecordEntry
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The planned visit, if it was one.</summary>
    public string? VisitId { get; init; }

    /// <summary>Who served.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The second worker, where two are needed.</summary>
    public string? SecondWorkerId { get; init; }

    /// <summary>The item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndAt { get; init; }

    /// <summary>Units other than hours; hours are reckoned from the times.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>Who confirmed for the person, and how.</summary>
    public required string ConfirmedBy { get; init; }

    /// <summary>The hashes of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}
