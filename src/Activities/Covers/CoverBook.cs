using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Covers;

/// <summary>Hands orders over from a supplier that leaves to one that goes on. Service number, plan and money stay with the order.</summary>
public sealed class CoverBook(ReliefDbContext context)
{
    /// <summary>The orders a supplier serves now, by id.</summary>
    public async Task<IReadOnlyList<Order>> Served(string supplierId, CancellationToken cancellationToken) =>
        await context.Set<Order>().Where(row => row.SupplierId == supplierId && (row.Status == OrderStatus.Active || row.Status == OrderStatus.Paused))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>How a supplier's orders were handed over, by order.</summary>
    public async Task<IReadOnlyList<OrderCover>> Of(string supplierId, CancellationToken cancellationToken) =>
        await context.Set<OrderCover>().Where(row => row.FromSupplierId == supplierId).OrderBy(row => row.OrderId).ToListAsync(cancellationToken);

    /// <summary>The cover of an order that is not taken over yet, or none.</summary>
    public Task<OrderCover?> Open(string orderId, CancellationToken cancellationToken) =>
        context.Set<OrderCover>().Where(row => row.OrderId == orderId && row.TakenOverAt == null).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Notes that an order needs cover from the day after the last, once.</summary>
    public async Task Announce(Order order, DateOnly lastDay, Deed deed, CancellationToken cancellationToken)
    {
        var id = $"{order.Id}-{order.SupplierId}";
        if (await context.Set<OrderCover>().AnyAsync(row => row.Id == id, cancellationToken))
            return;
        await context.Insert(new OrderCover
        {
            Id = id, CountyCode = order.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, OrderId = order.Id, FromSupplierId = order.SupplierId!, LastDay = lastDay
        }, cancellationToken);
    }

    /// <summary>The new supplier has said yes: the old agreement ends on the last day, and the new one waits for its three signatures.</summary>
    public async Task Agreed(OrderCover cover, string supplierId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Order>(cover.OrderId, cancellationToken);
        await context.Replace(cover with { ToSupplierId = supplierId, DecidedAt = deed.At }, cancellationToken);
        var order = await context.Set<Order>().SingleAsync(row => row.Id == cover.OrderId, cancellationToken);
        var old = await context.Set<AgreementRecord>().Where(row => row.OrderId == order.Id).OrderByDescending(row => row.CreatedAt).FirstAsync(cancellationToken);
        if (old.SupplierId == supplierId)
            return;
        await context.Replace(old with { Status = AgreementStatus.Ended, ValidTo = cover.LastDay }, cancellationToken);
        await context.Insert(old with
        {
            Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By, SupplierId = supplierId, ValidFrom = cover.LastDay.AddDays(1), Status = AgreementStatus.Drafted
        }, cancellationToken);
    }

    /// <summary>From here on the new supplier serves. Returns the visits that lie ahead, for its workers.</summary>
    public async Task<IReadOnlyList<VisitSlot>> TakeOver(OrderCover cover, Deed deed, CancellationToken cancellationToken)
    {
        var orders = new OrderBook(context);
        await orders.Change(cover.OrderId, order => order with { SupplierId = cover.ToSupplierId }, "OrderTransferred", deed, cancellationToken);
        await orders.Move(cover.OrderId, OrderStatus.Active, deed, cancellationToken);
        var ended = ChinaTime.EndOf(cover.LastDay);
        var gap = deed.At > ended.AddHours(1) ? (int)Math.Ceiling((deed.At - ended).TotalHours) : 0;
        await context.Replace(cover with { TakenOverAt = deed.At, GapHours = gap }, cancellationToken);
        return await Ahead(cover.OrderId, deed.At, cancellationToken);
    }

    /// <summary>Nobody goes on yet: the order stands still and the visits ahead fall away; the township covers what cannot wait.</summary>
    public async Task Interrupt(OrderCover cover, Deed deed, CancellationToken cancellationToken)
    {
        foreach (var visit in await Ahead(cover.OrderId, ChinaTime.EndOf(cover.LastDay), cancellationToken))
            await new VisitBook(context).End(visit.Id, VisitStatus.Cancelled, cancellationToken);
        await new OrderBook(context).Move(cover.OrderId, OrderStatus.Paused, deed, cancellationToken);
    }

    private async Task<IReadOnlyList<VisitSlot>> Ahead(string orderId, DateTimeOffset after, CancellationToken cancellationToken) =>
        await context.Set<VisitSlot>().Where(row => row.OrderId == orderId && VisitFlow.Planned.Contains(row.Status) && row.PlannedStart > after)
            .OrderBy(row => row.PlannedStart).ToListAsync(cancellationToken);
}
