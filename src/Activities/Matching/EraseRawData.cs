using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Deletes the partners' rows when their time is over; hits, counts and what was found stay (P17 step 7).</summary>
[ChangesRecords]
[Activity("Relief Matching", "Deletes the partners' rows when their time is over.", Chinese = "删除原始数据", Waits = true)]
public sealed class EraseRawData : Activity
{
    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var run = await new RunBook(db).Get(RunId, cancellationToken);
        var due = await new Deadlines(db).Of("dataMatch.raw", run.CountyCode, run.MatchedAt ?? run.CreatedAt, cancellationToken);
        return due.Due > context.Now ? new Waiting([Bookmark.Timer("erase", due.Due, due.Rule)]) : await Erase(db, context, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Erase(db, context, cancellationToken);
    }

    private async Task<ActivityResult> Erase(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        await new RunBook(db).Erase(RunId, context.DeedOf("erase"), cancellationToken);
        return new Completed(Done);
    }
}
