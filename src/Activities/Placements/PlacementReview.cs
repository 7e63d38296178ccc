using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Waits until it is time to look again: at a stay in a hospital, or at the offer of an institution to who lives at home (A26).</summary>
/// <remarks>
/// The event <c>placement:{orderId}:review</c> brings it forward, <c>order:{orderId}:stop</c> ends it. While the person is served at home it also
/// ends when the last of the case's other orders has ended (<c>case:{caseId}:orders</c>).
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Waits until the placement is due for another look.", Chinese = "等待复核", Waits = true)]
[Outcomes("Due", "Ended", "Stopped")]
public sealed class PlacementReview : Activity
{
    private static readonly OrderStatus[] Over = [OrderStatus.Ended, OrderStatus.Cancelled, OrderStatus.Transferred];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The policy parameter with the span, in calendar days or months.", Chinese = "周期参数")]
    public string Period { get; init; } = "placement.review";

    [Input("True while the person is served at home by other orders.", Chinese = "居家期间")]
    public bool AtHome { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var deadline = await new Deadlines(db).Of(Period, scene.TownshipCode, context.Now, cancellationToken);
        var due = ChinaTime.At(ChinaTime.DayOf(deadline.Due), new TimeOnly(9, 0));
        return new Waiting([Bookmark.Timer("due", due), Bookmark.Event("early", $"placement:{OrderId}:review"), OrderStop.Of(OrderId), .. Home(scene)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark != "orders")
            return new Completed(wakeup.Bookmark == "stop" ? "Stopped" : "Due");
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var others = (await new OrderQueries(db).Of(scene.Case.Id, cancellationToken)).Where(order => order.Id != OrderId);
        return others.All(order => Over.Contains(order.Status)) ? new Completed("Ended") : new Waiting([.. Home(scene)]);
    }

    private IEnumerable<Bookmark> Home(OrderScene scene) => AtHome ? [Bookmark.Event("orders", $"case:{scene.Case.Id}:orders")] : [];
}
