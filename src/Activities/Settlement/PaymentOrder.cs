using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Orders the payment of an approved batch and waits for the voucher (P10 step 6): event <c>pay:{batchId}</c>, or the finance officer's task.</summary>
/// <remarks>
/// The order leaves at most once. When nobody knows whether it arrived, the operators are told and it is never sent again by itself. On
/// the payment day the county is told; nothing is paid by time. While a difference stops one of its accounts the payment is not ordered.
/// </remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Orders a batch's payment and waits for the voucher.", Chinese = "支付指令", Waits = true, MovesMoney = true)]
[Outcomes("Paid", "Failed")]
public sealed class PaymentOrder(AdapterAddresses addresses) : Activity
{
    [Input("The batch.", Chinese = "批次")]
    public required string BatchId { get; init; }

    [Output("The bank's reference.", Chinese = "凭证号")]
    public string Voucher { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Order(db, "stopped", cancellationToken);
    }

    private async Task<ActivityResult> Order(ReliefDbContext db, string wait, CancellationToken cancellationToken)
    {
        var view = (await new SettlementQueries(db).Find(BatchId, cancellationToken))!;
        var lines = view.Lines.Where(line => line.Line.Status == LineStatus.Approved).ToList();
        var total = lines.Sum(line => line.Line.Amount);
        if (lines.Count == 0)
        {
            Voucher = "none";
            return new Completed("Paid");
        }

        if (await new FundQueries(db).IsStopped([.. lines.SelectMany(line => line.Splits).Select(split => split.AccountId).Distinct()], cancellationToken))
            return new Waiting([Bookmark.Event(wait, AccountCheck.BalancedIn(view.Batch.CountyCode))]) { Send = [ActivityDeeds.Tell("fund.paymentStopped", "K", view.Batch.CountyCode, new { batch = BatchId })] };

        var due = await new BatchDates(db, view.Batch).Of("settlement.pay", cancellationToken);
        List<Bookmark> waits = [Bookmark.Event("paid", "pay:" + BatchId), Bookmark.Timer("late", due), Bookmark.For("task", TaskFor(view.Batch, total) with { Due = due })];
        // What is taken back may outweigh what is paid: then the supplier pays, and the voucher is its receipt.
        if (total > 0 && addresses.Has(Adapter.Payment))
        {
            var body = Json(new { key = "pay:" + BatchId, batch = BatchId, supplier = view.Batch.SupplierId, total, lines = lines.Select(line => new { line.Line.Id, line.Line.Amount }) });
            waits.Add(Bookmark.Reply("sent", Message.To(Adapter.Payment, new HttpCall("POST", "", Body: body), EffectClass.AtMostOnce)));
        }

        return new Waiting([.. waits]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var batch = await db.Set<SettlementBatch>().SingleAsync(row => row.Id == BatchId, cancellationToken);
        if (wakeup.Bookmark.StartsWith("stopped", StringComparison.Ordinal))
            return await Order(db, $"stopped-{context.KeyFor(wakeup.Bookmark):N}", cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [ActivityDeeds.Tell("settlement.late", "K", batch.CountyCode, new { batch = BatchId, step = "pay" })] };
        if (wakeup.Kind == BookmarkKind.Reply)
            return Sent(wakeup.As<HttpReply>()!, batch.CountyCode);

        var answer = Answer.From(wakeup);
        Voucher = answer.Text("voucher") ?? "";
        if (answer.Decision == "Failed")
            return new Completed("Failed") { Send = [ActivityDeeds.Tell("settlement.payFailed", "C", batch.TownshipCode, new { batch = BatchId, answer.Reason })] };
        return Voucher.Length > 0 ? new Completed("Paid") : new Waiting([Bookmark.Event("paid", "pay:" + BatchId)]);   // no voucher, no payment
    }

    private Waiting Sent(HttpReply reply, string county) => new([])
    {
        Send = reply is { Status: >= 200 and < 300, Error: null }
            ? []
            : [ActivityDeeds.Tell(reply.OutcomeUnknown ? "settlement.payUnknown" : "settlement.payRefused", "X", county, new { batch = BatchId, status = reply.Status })]
    };

    private HumanTask TaskFor(SettlementBatch batch, decimal total) => new()
    {
        Title = $"支付结算批次 {BatchId}",
        Kind = "settlement.pay",
        Role = ReliefRoles.CountyFinance,
        Unit = batch.CountyCode,
        Excluded = [batch.Clerk!, batch.Approver!],
        Subject = "batch:" + BatchId,
        Outcomes = ["Paid", "Failed"],
        Form = [new FormField("voucher", "凭证号", "string", ["Paid"]), new FormField("reason", "原因", "string", ["Failed"])],
        Data = Json(new { total })
    };
}
