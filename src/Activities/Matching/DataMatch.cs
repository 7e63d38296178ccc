using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Compares what has come with the county's persons, by exact pseudonym and by the rules of the run's version, in one statement (A40, P17 steps 2 to 4).</summary>
/// <remarks>With its commit all hits are there or none. A run for which nothing came at all ends as <c>Failed</c> and is told to the county.</remarks>
[ChangesRecords]
[Activity("Relief Matching", "Compares the partners' data with the county's persons.", Chinese = "数据比对")]
[Outcomes("Completed", "Partial", "Failed")]
public sealed class DataMatch : Activity
{
    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    [Output("How many hits there are, suppressed ones among them.", Chinese = "命中数")]
    public int Hits { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new RunBook(db);
        var run = await book.Get(RunId, cancellationToken);
        var awaited = await new MatchQueries(db).Awaited(run, cancellationToken);
        var isPartial = awaited.Any(one => !one.HasCome);
        Hits = await book.Match(RunId, isPartial, context.DeedOf("match"), cancellationToken);
        return awaited.Any(one => one.HasCome)
            ? new Completed(isPartial ? "Partial" : "Completed")
            : new Completed("Failed") { Send = [Tell.Unit("match.failed", "K", run.CountyCode, new { run = RunId, period = run.Period })] };
    }
}
