using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Changes;

/// <summary>What an order still owes for the days before a day, and needs from it on: nothing that was or may have been served loses its money (E08).</summary>
internal sealed class OrderMoney(ReliefDbContext context, string areaCode)
{
    private static readonly LineStatus[] Claimed = [LineStatus.Claimed, LineStatus.Verified, LineStatus.Hold];

    /// <summary>Lines that are not approved yet, records without a line, and visits whose record may still come, in yuan.</summary>
    public async Task<decimal> Owed(string orderId, DateOnly before, CancellationToken cancellationToken)
    {
        var lines = await context.Set<SettlementLine>().Where(line => line.OrderId == orderId && line.ServiceDate < before && Claimed.Contains(line.Status)).Select(line => line.Amount).ToListAsync(cancellationToken);
        var records = await context.Set<VisitRecord>().Where(record => record.OrderId == orderId && record.ServiceDate < before && VisitFlow.Unpaid.Contains(record.Status)
            && !context.Set<SettlementLine>().Any(line => line.RecordId == record.Id && line.Status != LineStatus.Rejected)).ToListAsync(cancellationToken);
        var owed = lines.Sum();
        foreach (var same in records.GroupBy(record => (record.ItemCode, record.ServiceDate)))
            owed += same.Sum(record => record.Quantity) * await Price(same.Key.ItemCode, same.Key.ServiceDate, cancellationToken);
        var visits = await context.Set<VisitSlot>().Where(visit => visit.OrderId == orderId && visit.PlannedStart < ChinaTime.StartOf(before) && VisitFlow.Going.Contains(visit.Status)
            && !context.Set<VisitRecord>().Any(record => record.VisitId == visit.Id)).ToListAsync(cancellationToken);
        foreach (var day in visits.GroupBy(visit => ChinaTime.DayOf(visit.PlannedStart)))
            owed += await Planned(orderId, day, cancellationToken);
        return decimal.Round(owed, 2);
    }

    /// <summary>What a plan costs from a day to the end of its order, in yuan; none when an item has no price.</summary>
    public Task<decimal?> Ahead(Order order, IReadOnlyList<PlannedItem> plan, DateOnly from, CancellationToken cancellationToken) => from > order.PlannedTo
        ? Task.FromResult<decimal?>(0)
        : new OrderQueries(context).ValueOf(plan, areaCode, (from > order.PlannedFrom ? from : order.PlannedFrom, order.PlannedTo), cancellationToken);

    // One plan and one price of each item for all visits of a day.
    private async Task<decimal> Planned(string orderId, IGrouping<DateOnly, VisitSlot> day, CancellationToken cancellationToken)
    {
        var lines = (await new OrderQueries(context).Find(orderId, day.Key, cancellationToken))?.Lines ?? [];
        decimal value = 0;
        foreach (var visits in day.GroupBy(visit => visit.ItemCode))
        {
            if (lines.FirstOrDefault(row => row.ItemCode == visits.Key) is { } line)
                value += visits.Count() * (line.QuantityPerMonth / line.VisitsPerMonth * await Price(visits.Key, day.Key, cancellationToken));
        }

        return value;
    }

    private async Task<decimal> Price(string item, DateOnly on, CancellationToken cancellationToken) =>
        (await new CatalogueQueries(context).PriceOn(item, areaCode, on, cancellationToken))?.Price ?? 0;
}
