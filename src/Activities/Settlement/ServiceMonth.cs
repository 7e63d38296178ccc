using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Runs an order's month to its end and starts the settlement of its township, supplier and month (PW1 step 8).</summary>
/// <remarks>
/// It wakes on day 1 at 00:10. The settlement's instance id comes from township, supplier and month, so all orders of a batch start it
/// once. Below 80 % of the plan in two months running, supplier and township are told, unless it is paused. Every six months it ends by <c>Review</c>. The event
/// <c>order:{orderId}:stop</c> ends it.
/// </remarks>
[ChangesRecords]
[Activity("Relief Settlement", "Runs an order's month to its end and starts its settlement.", Chinese = "服务月", Waits = true)]
[Outcomes("Next", "Review", "Ended", "Stopped")]
public sealed class ServiceMonth : Activity
{
    private static readonly TimeOnly TenPast = new(0, 10);

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The months gone by; empty at the first.", Chinese = "已过月数")]
    public int Passed { get; init; }

    [Output("The months gone by.", Chinese = "已过月数")]
    public int Months { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var view = (await new OrderQueries(db).Find(OrderId, cancellationToken))!;
        Months = Passed;   // outputs are read after each call, and Passed is bound to the same variable
        if (view.Order.Status is OrderStatus.Ended or OrderStatus.Cancelled or OrderStatus.Transferred)
            return new Completed("Stopped");
        var month = MonthOf(view);
        return new Waiting([OrderStop.Of(OrderId), Bookmark.Timer("end", ChinaTime.At(month.AddMonths(1), TenPast))]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var view = (await new OrderQueries(db).Find(OrderId, cancellationToken))!;
        var month = MonthOf(view);
        Months = Passed + 1;
        List<Message> send = [StartSettlement.Of(scene, month)];
        if (!wakeup.IsTimer)
            return new Completed("Stopped") { Send = [.. send] };
        if (view.Order.Status != OrderStatus.Paused && await Share(db, view, month, cancellationToken) < 0.8m && Months > 1 && await Share(db, view, month.AddMonths(-1), cancellationToken) < 0.8m)
            send.AddRange([ActivityDeeds.Tell("service.under", "S", scene.Order.SupplierId!, scene.Reference), ActivityDeeds.Tell("service.under", "C", scene.TownshipCode, scene.Reference)]);

        var period = await new ParameterQueries(db).Whole("review.period", scene.TownshipCode, month, cancellationToken);
        var outcome = month.AddMonths(1) > view.Agreement!.ValidTo ? "Ended" : Months % period == 0 ? "Review" : "Next";
        await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("ServiceMonthEnded", new { OrderId, month }), context.DeedOf("month"), cancellationToken);
        return new Completed(outcome) { Send = [.. send] };
    }

    private DateOnly MonthOf(OrderView view) => new DateOnly(view.Order.PlannedFrom.Year, view.Order.PlannedFrom.Month, 1).AddMonths(Passed);

    // How much of the month's plan was delivered, in units.
    private static async Task<decimal> Share(ReliefDbContext db, OrderView view, DateOnly month, CancellationToken cancellationToken)
    {
        var planned = view.Lines.Sum(line => line.QuantityPerMonth);
        var delivered = (await new RecordQueries(db).Of(view.Order.Id, cancellationToken))
            .Where(record => record.ServiceDate >= month && record.ServiceDate < month.AddMonths(1) && record.Status is not (RecordStatus.Rejected or RecordStatus.Voided))
            .Sum(record => record.Quantity);
        return planned == 0 ? 1 : delivered / planned;
    }
}
