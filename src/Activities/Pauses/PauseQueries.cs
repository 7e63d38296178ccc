using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Pauses;

/// <summary>Reads why orders stand still, and since when.</summary>
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

    /// <summary>When the latest pause began that cancelled a visit: what was begun before that instant may still be recorded. Null where no pause did.</summary>
    public async Task<DateTimeOffset?> Cancelled(VisitSlot visit, CancellationToken cancellationToken)
    {
        if (visit.Status != VisitStatus.Cancelled)
            return null;
        var pauses = await context.Set<OrderPause>().Where(row => row.OrderId == visit.OrderId).OrderByDescending(row => row.CreatedAt).ToListAsync(cancellationToken);
        return pauses.Find(pause => pause.VisitIds.Contains(visit.Id))?.CreatedAt;
    }
}
