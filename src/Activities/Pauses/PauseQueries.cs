using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Pauses;

/// <summary>Reads why orders stand still.</summary>
public sealed class PauseQueries(ReliefDbContext context)
{
    /// <summary>An order as whoever serves it may see it: with what they may know of why it stands still, which is never more than <see cref="OrderPause.Told"/>.</summary>
    public async Task<OrderView> Said(OrderView view, CancellationToken cancellationToken)
    {
        if (view.Order.Status != OrderStatus.Paused)
            return view;
        var causes = await context.Set<OrderPause>().Where(row => row.OrderId == view.Order.Id && row.EndedAt == null).Select(row => row.Reason).ToListAsync(cancellationToken);
        return causes.Count == 0 ? view : view with { StandsStill = OrderPause.Told(causes.Find(cause => cause == OrderPause.Protective) ?? causes[0]) };
    }
}
