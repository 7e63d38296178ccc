using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>The reviewer approves a verified batch: never the clerk, never who surveyed one of its cases (INV-09). Its money is committed with it (P10 steps 4 and 5).</summary>
/// <remarks>Nothing is approved by time: on the review day the county is told.</remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Has a reviewer approve a batch and commits its money.", Chinese = "结算审核", Waits = true, Approves = true)]
[Outcomes("Approved", "Returned")]
public sealed class SettlementApproval : Activity
{
    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        var span = await new BatchDates(db, batch).Span("settlement.review", cancellationToken);
        return new Waiting([Bookmark.For("task", TaskFor(batch, [batch.Clerk!]) with { Due = span.Due }), Bookmark.Timer("late", span.Due)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        if (wakeup.IsTimer && wakeup.Bookmark != "late")
            return await Approve(new SettlementBook(db), batch, context.DeedOf("approve", batch.Approver!), context, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.late", "K", batch.CountyCode, new { batch = BatchId, step = "review" })] };

        var answer = Answer.From(wakeup);
        var book = new SettlementBook(db);
        if (answer.Decision != "Returned")
            return await Approve(book, batch, context.DeedOf("approve", answer.By), context, cancellationToken);
        await book.Return(BatchId, answer.Reason ?? "", context.DeedOf("approve", answer.By), cancellationToken);
        return new Completed("Returned");
    }

    // The money of all lines is committed at once; thousands of lines are marked in parts, and the batch is approved with the last.
    private async Task<ActivityResult> Approve(SettlementBook book, SettlementBatch batch, Deed deed, ActivityContext context, CancellationToken cancellationToken)
    {
        var result = await book.Approve(BatchId, deed, cancellationToken);
        var told = new { batch = BatchId, total = (result as SettlementResult.Done)?.Total };
        return result switch
        {
            SettlementResult.Done => new Completed("Approved") { Send = [ActivityDeeds.Tell("settlement.approved", "S", batch.SupplierId, told)] },
            SettlementResult.More(_, var after) => new Waiting([Bookmark.Timer("mark-" + after, context.Now)]),
            SettlementResult.Refused("FundShort" or "AccountStopped") => await ToClerk(book, ((SettlementResult.Refused)result).Reason, deed, cancellationToken),
            // Someone who may not approve: the task is laid out again without them.
            _ => new Waiting([Bookmark.For($"task-{deed.By}", TaskFor(batch, [batch.Clerk!, deed.By]))])
        };
    }

    private async Task<ActivityResult> ToClerk(SettlementBook book, string reason, Deed deed, CancellationToken cancellationToken)
    {
        await book.Return(BatchId, reason, deed.Step("return"), cancellationToken);
        return new Completed("Returned");
    }

    private HumanTask TaskFor(SettlementBatch batch, IEnumerable<string> excluded) => new()
    {
        Title = $"审核结算批次 {BatchId}",
        Kind = "settlement.approve",
        Role = ReliefRoles.TownshipReviewer,
        Unit = batch.TownshipCode,
        Excluded = [.. excluded],
        Subject = "batch:" + BatchId,
        Outcomes = ["Approved", "Returned"],
        Form = [new FormField("reason", "理由", "string", ["Returned"])]
    };
}
