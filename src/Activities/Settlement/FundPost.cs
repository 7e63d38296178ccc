using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Posts a paid batch: money spent, lines paid, records settled; gives back what the month's plans did not need, and closes it (P10 step 7).</summary>
[ChangesRecords]
[Activity("Relief Settlement", "Posts a paid batch and gives back unused reservations.", Chinese = "资金入账", MovesMoney = true)]
public sealed class FundPost : Activity
{
    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    [Input("The bank's reference.", Chinese = "凭证号")]
    public required string Voucher { get; init; }

    [Output("Yuan paid.", Chinese = "已付金额")]
    public decimal Paid { get; private set; }

    [Output("Yuan given back.", Chinese = "释放金额")]
    public decimal Released { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var book = new SettlementBook(db);
        if (await book.Pay(BatchId, Voucher, context.DeedOf("pay"), cancellationToken) is not SettlementResult.Done(_, var paid))
            return new Faulted("settlement.notPosted", $"The batch {BatchId} has no committed money to post.") { MayRetry = false };
        if (await book.Close(BatchId, context.DeedOf("close"), cancellationToken) is SettlementResult.Done(_, var released))
            Released = released;
        Paid = paid;
        var view = (await new SettlementQueries(db).Find(BatchId, cancellationToken))!;
        var rejected = view.Lines.Where(line => line.Line.Status == LineStatus.Rejected).Select(line => new { line.Line.Id, line.Line.Amount, line.Line.Reason }).ToList();
        return new Completed(Done)
        {
            Send = [ActivityDeeds.Tell("settlement.paid", "S", view.Batch.SupplierId, new { batch = BatchId, paid, rejected }),
                    ActivityDeeds.Tell("settlement.closed", "K", view.Batch.CountyCode, new { batch = BatchId, paid, released = Released })]
        };
    }
}
