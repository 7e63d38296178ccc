using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Cases;

/// <summary>Reads cases.</summary>
public sealed class CaseQueries(ReliefDbContext context)
{
    /// <summary>A case with its needs and its timeline, or none.</summary>
    public async Task<CaseView?> Find(string caseId, CancellationToken cancellationToken)
    {
        var row = await context.Set<Case>().FirstOrDefaultAsync(found => found.Id == caseId, cancellationToken);
        if (row is null)
            return null;
        var subject = AuditTrail.Case(caseId);
        return new CaseView(
            row,
            await Needs(caseId, cancellationToken),
            await context.Set<AuditEvent>().Where(audit => audit.Subject == subject).OrderBy(audit => audit.Sequence)
                .Select(audit => new TimelineEntry(audit.What, audit.DoneBy, audit.DoneAt, audit.Detail)).ToListAsync(cancellationToken));
    }

    /// <summary>A case's needs, oldest first, without those that the fast track answers beside them.</summary>
    public async Task<IReadOnlyList<NeedItem>> Needs(string caseId, CancellationToken cancellationToken) =>
        await context.Set<NeedItem>().Where(need => need.CaseId == caseId && need.EmergencyId == null).OrderBy(need => need.Id).ToListAsync(cancellationToken);

    /// <summary>The person's open case in a county, or none.</summary>
    public Task<Case?> OpenCaseOf(string personId, string countyCode, CancellationToken cancellationToken) =>
        context.Set<Case>().FirstOrDefaultAsync(row => row.PersonId == personId && row.CountyCode == countyCode && row.ClosedAt == null, cancellationToken);
}
