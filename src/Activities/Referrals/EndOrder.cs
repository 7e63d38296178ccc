using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Ends an order: by the end of its term, or before it began. What is still reserved and not needed for delivered services goes back.</summary>
/// <remarks>
/// An order that never became active gives everything back; one that a change has ended already is only told of. One that ran keeps its money for the last settlement, which gives back the
/// rest. A need that another order of its bundle still answers goes on, and one that any of them has served was served. Whoever waits for the case's orders is told by
/// <c>case:{caseId}:orders</c>.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Ends an order and tells its case.", Chinese = "订单结束")]
public sealed class EndOrder : Activity
{
    private static readonly OrderStatus[] Served = [OrderStatus.Active, OrderStatus.Paused, OrderStatus.Transferred, OrderStatus.Ended];

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("Why: Completed, NoSupplier, Revoked, PersonRefuses, NotSigned, Withdrawn, Stopped …", Chinese = "原因")]
    public string Reason { get; init; } = "Completed";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var served = Served.Contains(scene.Order.Status);
        await new OrderBook(db).Move(OrderId, served ? OrderStatus.Ended : OrderStatus.Cancelled, context.DeedOf("end"), cancellationToken);
        if (!served && scene.Order.ReservationId is { } reservation)
            await new ReservationBook(db).Close(reservation, context.DeedOf("release"), cancellationToken);
        await new BundleBook(db).EndNeeds(scene.Order, served, context.DeedOf("needs"), cancellationToken);
        return new Completed(Done)
        {
            Send = [Message.Of(new EventPublished($"case:{scene.Case.Id}:orders", null, Json(new { orderId = OrderId, reason = Reason }))),
                    ActivityDeeds.Tell("order.ended", "C", scene.TownshipCode, new { order = OrderId, caseNumber = scene.Case.Number, reason = Reason })]
        };
    }
}
