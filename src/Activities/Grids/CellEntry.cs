namespace Relief.Flow.Activities.Grids;

/// <summary>A cell as it is set.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Villages">The villages in it, all of them; only a cell of the third level has any.</param>
public sealed record CellEntry(string Id, string CountyCode, string Name, int Level, string? ParentId, IReadOnlyList<string> Villages);
