namespace Relief.Flow.Activities.Pairs;

/// <summary>One line of a person's need list: of things, of daily life, or a question that weighs on them.</summary>
public sealed record PairNeed
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The pair.</summary>
    public required string PairId { get; init; }

    /// <summary>Material, Life or Doubt.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is.</summary>
    public required string Content { get; init; }
}
