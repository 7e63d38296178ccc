using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>The agreement binds: the order is active and the case in service.</summary>
[ChangesRecords]
[Activity("Relief Delivery", "Puts a signed order into service.", Chinese = "订单生效")]
public sealed class ActivateOrder : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new OrderBook(db).Move(OrderId, OrderStatus.Active, context.DeedOf("active"), cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        await new CaseBook(db).Move(scene.Case.Id, CaseStatus.InService, null, context.DeedOf("case"), cancellationToken);
        return new Completed(Done) { Send = scene.Order.SupplierId is { } supplier ? [ActivityDeeds.Tell("order.active", "S", supplier, scene.Reference)] : [] };
    }
}
