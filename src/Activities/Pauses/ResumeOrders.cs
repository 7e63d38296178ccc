using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pauses;

/// <summary>Lets the orders of a person go on that one cause had paused: visits that were cancelled and begin in more than two hours take place, and the next weeks are planned.</summary>
/// <remarks>What another cause paused stays paused: who is back from hospital may still need protection.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Lets the paused orders of a person go on.", Chinese = "恢复上门服务")]
[Outcomes("Resumed", "NothingPaused")]
public sealed class ResumeOrders : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("NotAvailable, DeathReported or Protective: the cause that is over.", Chinese = "原因")]
    public string Cause { get; init; } = OrderPause.NotAvailable;

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var pauses = await db.Set<OrderPause>().Where(row => row.PersonId == PersonId && row.Reason == Cause && row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        List<Message> send = [];
        foreach (var pause in pauses)
            send.AddRange(await Resume(db, context, pause, cancellationToken));
        return new Completed(pauses.Count == 0 ? "NothingPaused" : "Resumed") { Send = [.. send] };
    }

    private static async Task<IEnumerable<Message>> Resume(ReliefDbContext db, ActivityContext context, OrderPause pause, CancellationToken cancellationToken)
    {
        await db.Replace(pause with { EndedAt = context.Now }, cancellationToken);
        var order = await db.Set<Order>().SingleAsync(row => row.Id == pause.OrderId, cancellationToken);
        if (order.Status != OrderStatus.Paused)
            return [];
        await new OrderBook(db).Move(order.Id, OrderStatus.Active, context.DeedOf("resume:" + order.Id), cancellationToken);
        await new VisitBook(db).Restore(pause.VisitIds, context.Now + Dispatch.Notice, cancellationToken);
        return [OrderStop.GoOn(order.Id), .. OrderPause.ToSupplier(order, "order.resumed", new { order = order.Id })];
    }
}
