namespace Relief.Flow.Activities.Grids;

/// <summary>A county's grid on a day.</summary>
/// <param name="Cells">By code.</param>
/// <param name="Levels">How many cells each level has.</param>
/// <param name="Expected">How many cells policy expects in all (<c>grid.cells</c>); 0 for no number.</param>
/// <param name="Uncovered">Villages that lie in no cell.</param>
/// <param name="Vacant">Cells of the third level that nobody has: an alarm.</param>
/// <param name="Warnings">CellCount when the number is another than expected, UncoveredVillages, VacantCells.</param>
public sealed record GridView(
    IReadOnlyList<CellView> Cells, IReadOnlyDictionary<int, int> Levels, int Expected, IReadOnlyList<string> Uncovered, IReadOnlyList<string> Vacant, IReadOnlyList<string> Warnings);
