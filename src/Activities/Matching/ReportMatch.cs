using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Tells the county what came of a run, once every hit is decided or the time of the checks is over (P17 step 6).</summary>
[ChangesRecords]
[Activity("Relief Matching", "Tells the county what came of a data match.", Chinese = "比对结果报告", Waits = true)]
public sealed class ReportMatch : Activity
{
    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var run = await new RunBook(db).Get(RunId, cancellationToken);
        if ((await new MatchQueries(db).Hits(RunId, null, HitStatus.Open, cancellationToken)).Count == 0)
            return await Report(db, run, context, cancellationToken);
        var due = await new Deadlines(db).Of("dataMatch.verify", run.CountyCode, context.Now, cancellationToken);
        return new Waiting([Bookmark.Event("settled", RunBook.Settled(RunId)), Bookmark.Timer("due", due.Due, due.Rule)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Report(db, await new RunBook(db).Get(RunId, cancellationToken), context, cancellationToken);
    }

    private async Task<ActivityResult> Report(ReliefDbContext db, MatchRun run, ActivityContext context, CancellationToken cancellationToken)
    {
        var figures = await new MatchQueries(db).Figures(run, cancellationToken);
        await new RunBook(db).Report(RunId, figures, context.DeedOf("report"), cancellationToken);
        return new Completed(Done)
        {
            Send = [Tell.Unit("match.report", "K", run.CountyCode, new { run = RunId, period = run.Period, hits = figures.Hits, discoveries = figures.Discoveries, open = figures.ByStatus.GetValueOrDefault("Open") })]
        };
    }
}
