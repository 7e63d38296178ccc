using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Ledgers;

/// <summary>Working ledgers (S10): made from the records, never typed.</summary>
public sealed class LedgerQueries(ReliefDbContext context)
{
    /// <summary>A village's ledger, by case number.</summary>
    public async Task<IReadOnlyList<VillageLedgerRow>> OfVillage(string villageCode, CancellationToken cancellationToken)
    {
        var rows = from row in context.Set<Case>()
                   join person in context.Set<Person>() on row.PersonId equals person.Id
                   where row.AreaCode == villageCode
                   orderby row.Number
                   select new VillageLedgerRow(
                       row.Id, row.Number, person.Name, row.Category, row.Status, row.OpenedAt,
                       context.Set<Order>().Count(order => order.CaseId == row.Id && order.Status == OrderStatus.Active),
                       context.Set<VisitRecord>().Count(record => record.PersonId == row.PersonId
                           && (record.Status == RecordStatus.Accepted || record.Status == RecordStatus.Settled)),
                       row.Remark);
        return await rows.ToListAsync(cancellationToken);
    }
}
