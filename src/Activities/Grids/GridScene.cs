using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Grids;

/// <summary>What a step about a cell of the grid works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record GridScene(ReliefDbContext Db, GridCell Cell, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Cell.CountyCode;

    public string Title => Cell.Name;

    public string Subject => GridBook.Chain(Cell.Id);

    /// <summary>Whether it has a worker who is on the staff today.</summary>
    public required bool IsFilled { get; init; }

    /// <summary>The county is told that nobody has it.</summary>
    public Message Vacant => Tell.Unit("grid.vacant", "K", CountyCode, new { cell = Cell.Id });

    /// <summary>The scene of a cell.</summary>
    public static async Task<GridScene> Of(ReliefDbContext db, string cellId, ActivityContext context, CancellationToken cancellationToken)
    {
        var view = await new GridQueries(db).View(cellId, ChinaTime.DayOf(context.Now), cancellationToken) ?? throw new InvalidOperationException($"There is no cell {cellId}.");
        return new GridScene(db, view.Cell, context) { IsFilled = view.Worker is not null && !view.Warnings.Contains("WorkerLeft") };
    }
}
