using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Entitlements;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>All that a person gets, from all departments: one person, one relief chain (S13, S21). As sums of the records themselves; nothing is kept twice.</summary>
public sealed class MeasureQueries(ReliefDbContext context)
{
    /// <summary>A person's measures, the newest first.</summary>
    public async Task<IReadOnlyList<MeasureEntry>> Of(string personId, CancellationToken cancellationToken)
    {
        List<MeasureEntry> all = [];
        all.AddRange((await context.Set<ReliefIdentity>().Where(row => row.PersonId == personId).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry("Category", row.CountyCode, row.Category.ToString(), null, row.ValidFrom, row.ValidTo, "Recognised", "reliefIdentity", row.Id)));
        all.AddRange((await context.Set<Order>().Where(row => row.PersonId == personId).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry("Service", row.SupplierId, row.Pathway, null, row.PlannedFrom, row.PlannedTo, row.Status.ToString(), "order", row.Id)));
        all.AddRange((await (from measure in context.Set<ConferenceMeasure>()
                             join conference in context.Set<Conference>() on measure.ConferenceId equals conference.Id
                             join about in context.Set<Case>() on conference.CaseId equals about.Id
                             where about.PersonId == personId
                             select measure).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry("Conference", row.UnitCode, row.What, row.Amount, ChinaTime.DayOf(row.CreatedAt), null, row.Status.ToString(), "conferenceMeasure", row.Id)));
        all.AddRange((await context.Set<InKindEntry>().Where(row => row.ReceiverId == personId).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry("Gift", row.DonorId, row.Goods, row.Value, row.GivenOn, null, row.CorrectsId is null ? "Given" : "Correction", "inKind", row.Id)));
        all.AddRange((await context.Set<PersonMeasure>().Where(row => row.PersonId == personId).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry(row.Kind, row.UnitCode, row.What, row.Amount, row.GivenOn, null, "Given", row.Source, row.SourceId)));
        all.AddRange((await context.Set<Entitlement>().Where(row => row.PersonId == personId).ToListAsync(cancellationToken))
            .Select(row => new MeasureEntry("Subsidy", row.CountyCode, $"{row.Scheme} {row.Period}", row.Amount, ChinaTime.DayOf(row.CreatedAt), null, "Listed", "entitlement", row.Id)));
        all.AddRange((await new LinkageBook(context).OpenOf(personId, cancellationToken))
            .Select(row => new MeasureEntry(row.Need.ToString(), row.UnitCode, "办理中", null, ChinaTime.DayOf(row.CreatedAt), null, "UnderWay", "linkage", row.Id)));
        return [.. all.OrderByDescending(entry => entry.From).ThenBy(entry => entry.Source, StringComparer.Ordinal).ThenBy(entry => entry.SourceId, StringComparer.Ordinal)];
    }
}
