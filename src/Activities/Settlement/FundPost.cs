using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Posts a paid batch: money spent, lines paid, records settled; gives back what the month's plans did not need, and closes it (P10 step 7).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Posts a paid batch and gives back unused reservations.", Chinese = "资金入账", Waits = true, MovesMoney = true)]
public sealed class FundPost : Activity
{
    private const string Closing = "close-";
    private const int ToldAtMost = 500;

    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    [Input("The bank's reference.", Chinese = "凭证号")]
    public required string Voucher { get; init; }

    [Output("Yuan paid.", Chinese = "已付金额")]
    public decimal Paid { get; private set; }

    [Output("Yuan given back.", Chinese = "释放金额")]
    public decimal Released { get; private set; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Pay(context, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) =>
        wakeup.Bookmark.StartsWith(Closing, StringComparison.Ordinal) ? Close(context, wakeup.Bookmark[Closing.Length..], cancellationToken) : Pay(context, cancellationToken);

    private async Task<ActivityResult> Pay(ActivityContext context, CancellationToken cancellationToken)
    {
        await using (var db = ReliefDbContext.Over(context.Records))
        {
            var paid = await new SettlementBook(db).Pay(BatchId, Voucher, context.DeedOf("pay"), cancellationToken);
            if (paid is SettlementResult.More(_, var after))
                return new Waiting([Bookmark.Timer("pay-" + after, context.Now)]);
            if (paid is not SettlementResult.Done)
                return new Faulted("settlement.notPosted", $"The batch {BatchId} has no committed money to post.") { MayRetry = false };
        }

        return await Close(context, "", cancellationToken);
    }

    private async Task<ActivityResult> Close(ActivityContext context, string after, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var closed = await new SettlementBook(db).Close(BatchId, after, context.DeedOf("close"), cancellationToken);
        if (closed is SettlementResult.More(_, var last))
            return new Waiting([Bookmark.Timer(Closing + last, context.Now)]);
        Released = closed is SettlementResult.Done(_, var released) ? released : 0;
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        Paid = batch.PaidTotal;
        var rejected = await db.Set<SettlementLine>().Where(line => line.BatchId == BatchId && line.Status == LineStatus.Rejected).OrderBy(line => line.Id)
            .Select(line => new { line.Id, line.Amount, line.Reason }).Take(ToldAtMost).ToListAsync(cancellationToken);
        return new Completed(Done)
        {
            Send = [ActivityDeeds.Tell("settlement.paid", "S", batch.SupplierId, new { batch = BatchId, paid = Paid, rejected }),
                    ActivityDeeds.Tell("settlement.closed", "K", batch.CountyCode, new { batch = BatchId, paid = Paid, released = Released })]
        };
    }
}
