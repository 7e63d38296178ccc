using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Asks every partner for its data and waits until all of it is here or the time is over; then the run goes on without what is missing (A40, P17 step 1).</summary>
/// <remarks>Each partner has a bookmark of its own. Data that comes before it is asked for counts as well. Who is late is told, and the county is too.</remarks>
[ChangesRecords]
[Activity("Relief Matching", "Waits for the partners' data.", Chinese = "获取部门数据", Waits = true)]
[Outcomes("Completed", "Partial")]
public sealed class FetchDatasets : Activity
{
    private const string Late = "late";

    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var run = await new RunBook(db).Get(RunId, cancellationToken);
        var missing = await Missing(db, run, cancellationToken);
        if (missing.Count == 0)
            return new Completed("Completed");
        return new Waiting([.. missing.Select(partner => Bookmark.Event(partner, RunBook.HasCome(partner, RunId))), Bookmark.Timer(Late, run.FetchUntil)])
        {
            Send = [.. missing.Select(partner => Tell.Unit("match.asked", "D", partner, new { run = RunId, period = run.Period, until = run.FetchUntil }))]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var run = await new RunBook(db).Get(RunId, cancellationToken);
        var missing = await Missing(db, run, cancellationToken);
        if (missing.Count == 0)
            return new Completed("Completed");
        if (!wakeup.IsTimer)
            // Whoever said so was wrong or early: the partner is waited for again.
            return new Waiting(missing.Contains(wakeup.Bookmark) ? [Bookmark.Event(wakeup.Bookmark, RunBook.HasCome(wakeup.Bookmark, RunId))] : []);
        var told = new { run = RunId, period = run.Period, partners = string.Join('、', missing) };
        return new Completed("Partial") { Send = [.. missing.Select(partner => Tell.Unit("match.late", "D", partner, told)), Tell.Unit("match.late", "K", run.CountyCode, told)] };
    }

    private static async Task<List<string>> Missing(ReliefDbContext db, MatchRun run, CancellationToken cancellationToken) =>
        [.. (await new MatchQueries(db).Awaited(run, cancellationToken)).Where(awaited => !awaited.HasCome).Select(awaited => awaited.Rule.Partner).Distinct().Order(StringComparer.Ordinal)];
}
