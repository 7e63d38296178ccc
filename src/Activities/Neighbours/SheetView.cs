namespace Relief.Flow.Activities.Neighbours;

/// <summary>A township's sheet of a year, every figure a sum of linked records (INV-29).</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Helpers">One line for each helper, by helper.</param>
/// <param name="Visits">The counted logs.</param>
/// <param name="Granted">Yuan granted.</param>
public sealed record SheetView(SubsidySheet Sheet, IReadOnlyList<SheetLine> Helpers, int Visits, decimal Granted);

/// <summary>A helper's line with the logs behind it.</summary>
/// <param name="Subsidy">The subsidy.</param>
/// <param name="Logs">The counted logs, by day.</param>
public sealed record SheetLine(Subsidy Subsidy, IReadOnlyList<NeighbourLog> Logs);
