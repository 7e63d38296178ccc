namespace Relief.Flow.Activities.Grids;

/// <summary>In which cell a village lies. Its key is the village, so that no village is in two (INV-20).</summary>
public sealed record GridVillage
{
    /// <summary>The village's code.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The cell, of the third level.</summary>
    public required string CellId { get; init; }
}
