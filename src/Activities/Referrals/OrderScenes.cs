using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Reads an order with its surroundings.</summary>
public sealed class OrderScenes(ReliefDbContext context)
{
    /// <summary>The scene of an order.</summary>
    /// <exception cref="InvalidOperationException">There is no such order: a pathway never makes one up.</exception>
    public async Task<OrderScene> Of(string orderId, CancellationToken cancellationToken)
    {
        var order = await context.Set<Order>().SingleAsync(row => row.Id == orderId, cancellationToken);
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == order.CaseId, cancellationToken);
        var needs = await context.Set<NeedItem>().Where(need => order.NeedItemIds.Contains(need.Id)).OrderBy(need => need.Id).ToListAsync(cancellationToken);
        var supplier = order.SupplierId is { } id ? await new SupplierQueries(context).Find(id, cancellationToken) : null;
        return new OrderScene(order, parent, needs, await new AreaQueries(context).TownshipOf(parent.AreaCode, cancellationToken), supplier);
    }
}
