using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Pauses;

/// <summary>Pauses every order of a person that is in service, and cancels the visits that have not begun (E11, E21). Money stays reserved.</summary>
/// <remarks>The supplier and the workers learn that the person is not available, or the level of protection; never an illness, never a death that nobody has checked.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Pauses the orders of a person.", Chinese = "暂停上门服务")]
[Outcomes("Paused", "NothingToPause")]
public sealed class PauseOrders : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    [Input("NotAvailable, DeathReported, or Protective with protection at level 2; what it paused, the same cause resumes.", Chinese = "原因")]
    public string Cause { get; init; } = OrderPause.NotAvailable;

    [Input("An order that goes on.", Chinese = "不暂停的订单")]
    public string? Except { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var orders = await db.Set<Order>().Where(row => row.PersonId == PersonId && row.Status == OrderStatus.Active && row.Id != Except).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        List<Message> told = [];
        foreach (var order in orders)
            told.AddRange(await Pause(db, context, order, cancellationToken));
        return new Completed(orders.Count == 0 ? "NothingToPause" : "Paused") { Send = [.. told] };
    }

    private async Task<IEnumerable<Message>> Pause(ReliefDbContext db, ActivityContext context, Order order, CancellationToken cancellationToken)
    {
        // What has begun may have been served: its record still comes, whatever is heard of the person meanwhile.
        var visits = await new VisitBook(db).Cancel(order.Id, context.Now, null, cancellationToken);
        var deed = context.DeedOf("pause:" + order.Id);
        await new OrderBook(db).Move(order.Id, OrderStatus.Paused, deed, cancellationToken);
        await db.Insert(new OrderPause
        {
            Id = deed.Key,
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = order.Id,
            PersonId = order.PersonId,
            Reason = Cause,
            VisitIds = [.. visits.Select(visit => visit.Id)]
        }, cancellationToken);
        var isProtective = Cause == OrderPause.Protective;
        var said = new { order = order.Id, reason = OrderPause.Told(Cause), protection = isProtective ? 2 : 0 };
        return
        [
            .. OrderPause.ToSupplier(order, "order.paused", said),
            .. visits.Where(visit => visit.WorkerId is not null).Select(visit => Tell.Staff("visit.cancelled", "S", visit.WorkerId!, new { visit = visit.Id, said.protection }))
        ];
    }
}
