using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Grids;

/// <summary>A cell without a worker is an alarm until it has one (P18, INV-20): the county appoints somebody here, or over the register, which ends it too.</summary>
/// <remarks>It never ends by time: late, the county is told again and the task stands. A stand-in covers the villages and does not end the alarm.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Has the county appoint a worker to a cell of the grid that has none.", Chinese = "网格员补配", Waits = true)]
[Outcomes(Filled)]
public sealed class FillCell : Activity
{
    private const string Filled = nameof(Filled);
    private const string Task = "task";

    [Input("The cell.", Chinese = "网格")]
    public required string CellId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var cell = await Cell(db, cancellationToken);
        if (await IsFilled(db, context, cancellationToken))
            return new Completed(Filled);
        var due = await new Deadlines(db).Of("grid.vacant", cell.CountyCode, context.Now, cancellationToken);
        return new Waiting([.. due.Bookmarks(Task, Asked(cell).Task(cell.Name, GridBook.Chain(CellId), null)), Listens(context)])
        {
            Memo = Json(due.Due), Send = [Tell.Unit("grid.vacant", "K", cell.CountyCode, new { cell = CellId })]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var cell = await Cell(db, cancellationToken);
        if (await IsFilled(db, context, cancellationToken))
            return new Completed(Filled);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [Tell.Unit("grid.vacant", "K", cell.CountyCode, new { cell = CellId })] };
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([Listens(context)]);   // they were appointed and have gone again
        var answer = Answer.From(wakeup);
        var fault = answer.Text("staffId") is { Length: > 0 and <= 100 } staff
            ? await new PostBook(db).Appoint(cell, staff, context.DeedOf("appoint", answer.By), cancellationToken)
            : new GridFault("grid.staffMissing", "staffId", "");
        return fault is null
            ? new Completed(Filled)
            : new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", Asked(cell).Task(cell.Name, GridBook.Chain(CellId), Problem(fault)) with { Due = context.Memo?.GetDateTimeOffset() })]);
    }

    // Another name each time: of two that stand under one name, the second would not be told from the first.
    private Bookmark Listens(ActivityContext context) => Bookmark.Event($"filled-{context.Now.ToUnixTimeMilliseconds()}", GridBook.Filled(CellId));

    private async Task<bool> IsFilled(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        (await new GridQueries(db).View(CellId, Calendar.ChinaTime.DayOf(context.Now), cancellationToken))! is { Worker: not null } view && !view.Warnings.Contains("WorkerLeft");

    private async Task<GridCell> Cell(ReliefDbContext db, CancellationToken cancellationToken) =>
        await new GridQueries(db).Find(CellId, cancellationToken) ?? throw new InvalidOperationException($"There is no cell {CellId}.");

    private static string? Problem(GridFault fault) => fault.Code switch
    {
        "grid.hasCell" => "WorkerHasCell",
        "grid.notGridWorker" => "NotGridWorker",
        _ => "StaffMissing"
    };

    private static Question Asked(GridCell cell) => new("grid.vacant", "网格员补配", ReliefRoles.CountyOfficer, cell.CountyCode)
    {
        Outcomes = [Filled], Form = [FormField.Of("staffId", "网格员", "string", Filled)], Data = new { cell = cell.Id }
    };
}
