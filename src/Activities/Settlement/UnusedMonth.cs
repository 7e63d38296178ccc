using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>What the plans of a batch's orders reserved for its month and nobody delivered (P10 step 7).</summary>
/// <remarks>Records and held lines that may still be paid keep their money; so does what other months need.</remarks>
internal sealed class UnusedMonth(ReliefDbContext context)
{
    /// <summary>The next orders after one, by id: those of the batch's lines, and those that have ended and still hold money though nothing of theirs was billed in the month.</summary>
    public async Task<IReadOnlyList<string>> Orders(SettlementBatch batch, string after, int most, CancellationToken cancellationToken)
    {
        var villages = (await new AreaQueries(context).Below(batch.TownshipCode, cancellationToken)).Select(area => area.Code).Append(batch.TownshipCode).ToList();
        var billed = context.Set<SettlementLine>().Where(line => line.BatchId == batch.Id && line.OrderId != null).Select(line => line.OrderId!);
        var ended = from order in context.Set<Order>()
                    join parent in context.Set<Case>() on order.CaseId equals parent.Id
                    join part in context.Set<ReservationPart>() on order.ReservationId equals part.ReservationId
                    where order.SupplierId == batch.SupplierId && order.Status == OrderStatus.Ended && villages.Contains(parent.AreaCode) && part.Reserved - part.Released > part.Committed - part.Accrued
                    select order.Id;
        return await billed.Union(ended).Where(id => id.CompareTo(after) > 0).OrderBy(id => id).Take(most).ToListAsync(cancellationToken);
    }

    /// <summary>What of these orders is not needed; reckoned before anything is locked.</summary>
    public async Task<IReadOnlyList<UnusedMoney>> Of(SettlementBatch batch, IReadOnlyList<string> orderIds, CancellationToken cancellationToken)
    {
        List<UnusedMoney> unused = [];
        foreach (var orderId in orderIds)
        {
            var view = (await new OrderQueries(context).Find(orderId, BatchKey.LastOf(batch.Month), cancellationToken))!;
            if (view.Order.ReservationId is not { } reservationId || await context.Set<EmergencyRelief>().AnyAsync(row => row.OrderId == orderId, cancellationToken))
                continue;   // the fast track gives back what its few days have left by itself
            var superseded = await Superseded(batch, view.Order, cancellationToken);
            unused.AddRange(superseded);
            // The month's money stands behind the reservation of its days: after the turn of a year that is not the order's newest.
            var carrying = (await new FundQueries(context).ReservationOn(orderId, reservationId, BatchKey.LastOf(batch.Month), cancellationToken))!;
            if (superseded.Any(money => money.ReservationId == carrying))
                continue;
            var open = await Planned(batch, view, cancellationToken)
                - await Paid(batch, orderId, cancellationToken) - await Undecided(batch, orderId, cancellationToken);
            var standing = await new FundQueries(context).Standing(carrying, cancellationToken);
            var amount = view.Order.Status == OrderStatus.Ended && !await Awaited(batch, orderId, cancellationToken) ? standing : Math.Min(open, standing);
            if (amount > 0)
                unused.Add(new UnusedMoney(orderId, carrying, amount));
        }

        return unused;
    }

    // A fund that carried the order until another took over gives its rest back once nothing of its days is awaited any more.
    private async Task<IReadOnlyList<UnusedMoney>> Superseded(SettlementBatch batch, Order order, CancellationToken cancellationToken)
    {
        var last = BatchKey.LastOf(batch.Month);
        var over = await context.Set<Reservation>().Where(row => row.OrderId == order.Id && row.Id != order.ReservationId && row.PeriodTo <= last && row.Status == ReservationStatus.Active)
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        if (over.Count == 0 || await Awaited(batch, order.Id, cancellationToken))
            return [];
        List<UnusedMoney> rest = [];
        foreach (var id in over)
        {
            var standing = await new FundQueries(context).Standing(id, cancellationToken);
            if (standing > 0)
                rest.Add(new UnusedMoney(order.Id, id, standing));
        }

        return rest;
    }

    // An order that has ended gives all the rest back with its last settlement, unless another line or record of it still wants money.
    private async Task<bool> Awaited(SettlementBatch batch, string orderId, CancellationToken cancellationToken) =>
        await context.Set<SettlementLine>().AnyAsync(line => line.OrderId == orderId && line.BatchId != batch.Id
            && (line.Status == LineStatus.Claimed || line.Status == LineStatus.Verified || line.Status == LineStatus.Hold), cancellationToken)
        || await context.Set<SettlementLine>().AnyAsync(line => line.OrderId == orderId && line.BatchId == batch.Id && line.Status == LineStatus.Hold, cancellationToken)
        || await context.Set<VisitRecord>().AnyAsync(record => record.OrderId == orderId
            && (record.Status == RecordStatus.Submitted || record.Status == RecordStatus.Queried || record.Status == RecordStatus.Accepted)
            && !context.Set<SettlementLine>().Any(line => line.RecordId == record.Id && line.Status != LineStatus.Rejected), cancellationToken);

    private async Task<decimal> Planned(SettlementBatch batch, OrderView view, CancellationToken cancellationToken)
    {
        PlannedItem[] items = [.. view.Lines.Select(line => new PlannedItem(line.ItemCode, line.QuantityPerMonth, line.VisitsPerMonth))];
        return await new OrderQueries(context).ValueOf(items, batch.TownshipCode, (BatchKey.FirstOf(batch.Month), BatchKey.LastOf(batch.Month)), cancellationToken) ?? 0;
    }

    private async Task<decimal> Paid(SettlementBatch batch, string orderId, CancellationToken cancellationToken)
    {
        var (from, to) = (BatchKey.FirstOf(batch.Month), BatchKey.LastOf(batch.Month));
        var amounts = await context.Set<SettlementLine>()
            .Where(line => line.OrderId == orderId && line.ServiceDate >= from && line.ServiceDate <= to && line.Status != LineStatus.Rejected)
            .Select(line => line.Amount).ToListAsync(cancellationToken);
        return amounts.Sum();
    }

    private async Task<decimal> Undecided(SettlementBatch batch, string orderId, CancellationToken cancellationToken)
    {
        var (from, to) = (BatchKey.FirstOf(batch.Month), BatchKey.LastOf(batch.Month));
        var records = await context.Set<VisitRecord>()
            .Where(record => record.OrderId == orderId && record.ServiceDate >= from && record.ServiceDate <= to
                && (record.Status == RecordStatus.Submitted || record.Status == RecordStatus.Queried || record.Status == RecordStatus.Accepted)
                && !context.Set<SettlementLine>().Any(line => line.RecordId == record.Id && line.Status != LineStatus.Rejected))
            .ToListAsync(cancellationToken);
        var prices = await new CatalogueQueries(context).PricesOn(records.Select(record => (record.ItemCode, batch.TownshipCode, record.ServiceDate)), cancellationToken);
        return records.Sum(record => record.Quantity * (prices[(record.ItemCode, batch.TownshipCode, record.ServiceDate)]?.Price ?? 0));
    }
}
