namespace Relief.Flow.Activities.Grids;

/// <summary>A cell as it stands on a day.</summary>
/// <param name="Villages">The codes of its villages.</param>
/// <param name="Worker">Its worker; none when nobody was appointed.</param>
/// <param name="StandIn">Who stands in today.</param>
/// <param name="StandInUntil">Their last day.</param>
/// <param name="Current">Who has the cell today: the stand-in, or else the worker if still on the staff. Nobody is an alarm.</param>
/// <param name="Warnings">NoWorker, WorkerLeft, FewVillages, ManyVillages: the last two are no faults (0.2b).</param>
public sealed record CellView(GridCell Cell, IReadOnlyList<string> Villages, string? Worker, string? StandIn, DateOnly? StandInUntil, string? Current, IReadOnlyList<string> Warnings);
