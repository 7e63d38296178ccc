using Microsoft.EntityFrameworkCore;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Audit;

/// <summary>Proves the audit trail: no event altered, none missing between two others (INV-25).</summary>
public static class AuditCheck
{
    private const int PageSize = 1000;

    /// <summary>Walks all chains in pages, beside the running engine.</summary>
    /// <param name="context">What is committed.</param>
    /// <param name="until">The moment that the seal is of; it also shows a chain whose end was cut off.</param>
    public static async Task<ChainReport> VerifyAudit(this ReliefDbContext context, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(until);
        AuditEvent? last = null;
        while (await After(context, last).ToListAsync(cancellationToken) is { Count: > 0 } page)
        {
            foreach (var one in page)
            {
                var previous = last?.Subject == one.Subject ? last.Hash : "";
                walk.Enter(one.Subject, one.Sequence, one.DoneAt, one.PreviousHash == previous && AuditTrail.HashOf(one) == one.Hash, one.Hash);
                last = one;
            }
        }

        return walk.End();
    }

    private static IQueryable<AuditEvent> After(ReliefDbContext context, AuditEvent? last)
    {
        var events = context.Set<AuditEvent>().AsNoTracking();
        if (last is not null)
            events = events.Where(one => one.Subject.CompareTo(last.Subject) > 0 || one.Subject == last.Subject && one.Sequence > last.Sequence);
        return events.OrderBy(one => one.Subject).ThenBy(one => one.Sequence).Take(PageSize);
    }
}
