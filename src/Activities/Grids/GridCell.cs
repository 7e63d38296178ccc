namespace Relief.Flow.Activities.Grids;

/// <summary>One cell of the grid: three levels, of which the third holds villages (FA-020). It is never deleted.</summary>
public sealed record GridCell
{
    /// <summary>The cell's code.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>1 a part of the county, 2 a township, 3 some villages.</summary>
    public required int Level { get; init; }

    /// <summary>The cell of the level above; none for the first.</summary>
    public string? ParentId { get; init; }
}
