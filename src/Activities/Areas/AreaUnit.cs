namespace Relief.Flow.Activities.Areas;

/// <summary>One node of the jurisdiction tree: county, township, village.</summary>
public sealed record AreaUnit
{
    /// <summary>The division's code.</summary>
    public required string Code { get; init; }

    /// <summary>The level.</summary>
    public required AreaLevel Level { get; init; }

    /// <summary>The next higher area; none for the top.</summary>
    public string? ParentCode { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }
}
