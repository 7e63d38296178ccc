using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Records of a batch's month that are sent but not decided: they may still join it before it is verified (0.2b).</summary>
internal sealed class PendingRecords(ReliefDbContext context)
{
    /// <summary>Whether there is any.</summary>
    public async Task<bool> Any(BatchKey key, CancellationToken cancellationToken)
    {
        var (first, last) = (BatchKey.FirstOf(key.Month), BatchKey.LastOf(key.Month));
        var villages = (await new AreaQueries(context).Below(key.TownshipCode, cancellationToken)).Select(area => area.Code).Append(key.TownshipCode).ToList();
        return await (from record in context.Set<VisitRecord>()
                      join order in context.Set<Order>() on record.OrderId equals order.Id
                      join parent in context.Set<Case>() on order.CaseId equals parent.Id
                      where record.SupplierId == key.SupplierId && villages.Contains(parent.AreaCode)
                          && record.ServiceDate >= first && record.ServiceDate <= last
                          && (record.Status == RecordStatus.Submitted || record.Status == RecordStatus.Queried)
                      select record.Id).AnyAsync(cancellationToken);
    }
}
