using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Waits until every action of a run has an outcome, closes it and tells township and county the six rows of its report (P19).</summary>
/// <remarks>It looks whenever an action ends, and once a day besides: nothing that was not heard of keeps a run open.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Closes a 666 check when every action has an outcome.", Chinese = "检查办结", Waits = true)]
public sealed class CloseCheck : Activity
{
    [Input("The run.", Chinese = "检查批次")]
    public required string RunId { get; init; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Look(context, true, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Look(context, wakeup.IsTimer, cancellationToken);

    private async Task<ActivityResult> Look(ActivityContext context, bool isDaily, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new CheckBook(db);
        if (!await book.Close(RunId, context.DeedOf("close"), cancellationToken))
        {
            // Each wait has a name of its own; the day's timer stands until it fires.
            var part = (context.Memo?.GetInt32() ?? 0) + 1;
            var heard = Bookmark.Event("changed-" + part, CheckBook.Changed(RunId));
            return new Waiting(isDaily ? [.. Standing(context, heard, part), Bookmark.Timer("day-" + part, context.Now.AddDays(1))] : [heard]) { Memo = Json(part) };
        }

        var run = await book.Get(RunId, cancellationToken);
        var rows = await new CheckQueries(db).Report(RunId, cancellationToken);
        var figures = new { township = run.AreaCode, period = run.Period, problems = rows.Sum(row => row.Problems), done = rows.Sum(row => row.Done), odd = rows.Count(row => row.Anomaly) };
        return new Completed(Done) { Send = [Tell.Unit("check666.closed", "C", run.AreaCode, figures), Tell.Unit("check666.closed", "K", run.CountyCode, figures)] };
    }

    // By the timer the event is still waited for, but for the first time.
    private static IEnumerable<Bookmark> Standing(ActivityContext context, Bookmark heard, int part) => part == 1 || context.StillWaits == 0 ? [heard] : [];
}
