using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Orders;

/// <summary>Makes orders and moves them through their states.</summary>
public sealed class OrderBook(ReliefDbContext context)
{
    /// <summary>Makes an order once per key.</summary>
    public async Task<OrderResult> Create(OrderEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(entry.CaseId, cancellationToken);
        if (await context.Set<Order>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new OrderResult.Done(known.Id);
        var parent = await context.Set<Case>().FirstOrDefaultAsync(row => row.Id == entry.CaseId, cancellationToken);
        if (parent is null)
            return new OrderResult.Unknown();
        var order = new Order
        {
            Id = deed.NewId(),
            CountyCode = parent.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CaseId = parent.Id,
            PersonId = parent.PersonId,
            NeedItemIds = [.. entry.NeedItemIds],
            Pathway = entry.Pathway,
            Status = OrderStatus.Created,
            PlannedFrom = entry.PlannedFrom,
            PlannedTo = entry.PlannedTo,
            IdemKey = deed.Key
        };
        await context.Insert(order, cancellationToken);
        await Note(order, "OrderCreated", entry, deed, cancellationToken);
        return new OrderResult.Done(order.Id);
    }

    /// <summary>Notes the money behind an order.</summary>
    public Task<OrderResult> Fund(string orderId, string reservationId, Deed deed, CancellationToken cancellationToken) =>
        Change(orderId, order => order with { ReservationId = reservationId }, "OrderFunded", deed, cancellationToken);

    /// <summary>Sends an order to a supplier; a declined or unanswered one may go to the next.</summary>
    public Task<OrderResult> Send(string orderId, string supplierId, Deed deed, CancellationToken cancellationToken) =>
        Change(orderId, order => order with { Status = OrderStatus.Sent, SupplierId = supplierId, SentAt = deed.At, AnsweredAt = null }, "OrderSent", deed, cancellationToken);

    /// <summary>Moves an order to a state that may follow; a supplier that declines or does not answer is remembered.</summary>
    public Task<OrderResult> Move(string orderId, OrderStatus to, Deed deed, CancellationToken cancellationToken) =>
        Change(orderId, order => order with
        {
            Status = to,
            AnsweredAt = to is OrderStatus.Accepted or OrderStatus.Declined ? deed.At : order.AnsweredAt,
            DeclinedBy = to is OrderStatus.Declined or OrderStatus.TimedOut && order.SupplierId is { } supplier
                ? [.. order.DeclinedBy.Append(supplier).Distinct()] : order.DeclinedBy
        }, "Order" + to, deed, cancellationToken);

    internal async Task<OrderResult> Change(string orderId, Func<Order, Order> change, string what, Deed deed, CancellationToken cancellationToken)
    {
        var order = await context.Locked<Order>(orderId).SingleOrDefaultAsync(cancellationToken);
        if (order is null)
            return new OrderResult.Unknown();
        var changed = change(order);
        if (!OrderFlow.Allows(order.Status, changed.Status))
            return new OrderResult.WrongState(order.Status);
        if (order.Status == changed.Status && order.SupplierId == changed.SupplierId && order.ReservationId == changed.ReservationId)
            return new OrderResult.Done(orderId);
        await context.Replace(changed, cancellationToken);
        await Note(changed, what, new { orderId, From = order.Status, changed.SupplierId, changed.ReservationId }, deed, cancellationToken);
        return new OrderResult.Done(orderId);
    }

    private Task Note(Order order, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(AuditTrail.Case(order.CaseId), new AuditDetail(what, detail), deed, cancellationToken);
}
