using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Visits;

/// <summary>Reads visits and service records.</summary>
public sealed class RecordQueries(ReliefDbContext context)
{
    /// <summary>A record, or none.</summary>
    public Task<VisitRecord?> Find(string recordId, CancellationToken cancellationToken) =>
        context.Set<VisitRecord>().FirstOrDefaultAsync(row => row.Id == recordId, cancellationToken);

    /// <summary>An order's records, by time.</summary>
    public async Task<IReadOnlyList<VisitRecord>> Of(string orderId, CancellationToken cancellationToken) =>
        await context.Set<VisitRecord>().Where(row => row.OrderId == orderId).OrderBy(row => row.StartAt).ToListAsync(cancellationToken);

    /// <summary>An order's planned visits, by time.</summary>
    public async Task<IReadOnlyList<VisitSlot>> Visits(string orderId, CancellationToken cancellationToken) =>
        await context.Set<VisitSlot>().Where(row => row.OrderId == orderId).OrderBy(row => row.PlannedStart).ToListAsync(cancellationToken);

    /// <summary>Whether what an emergency's order had left went back: nothing of it can be paid any more, so no record of it is taken (P29).</summary>
    public Task<bool> IsMoneyReturned(string orderId, CancellationToken cancellationToken) =>
        (from order in context.Set<Order>()
         join reservation in context.Set<Reservation>() on order.ReservationId equals reservation.Id
         where order.Id == orderId && order.Status == OrderStatus.Ended && reservation.Status == ReservationStatus.Closed && context.Set<EmergencyRelief>().Any(row => row.OrderId == orderId)
         select order.Id).AnyAsync(cancellationToken);
}
