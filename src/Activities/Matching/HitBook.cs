using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Discoveries;

namespace Relief.Flow.Activities.Matching;

/// <summary>Keeps what people found of hits (P17 steps 4 and 5).</summary>
public sealed class HitBook(ReliefDbContext context)
{
    /// <summary>A hit, or none.</summary>
    public Task<MatchHit?> Find(string id, CancellationToken cancellationToken) => context.Set<MatchHit>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A hit that must be there.</summary>
    public async Task<MatchHit> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no hit {id}.");

    /// <summary>The next hits whose check was not begun, marked as begun now.</summary>
    public async Task<IReadOnlyList<MatchHit>> Follow(string runId, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = await context.Set<MatchHit>().Where(row => row.RunId == runId && row.Status == HitStatus.Open && row.FollowedAt == null).OrderBy(row => row.Id).Take(most).ToListAsync(cancellationToken);
        foreach (var hit in next)
            await context.Replace(hit with { FollowedAt = now }, cancellationToken);
        return next;
    }

    /// <summary>Keeps what was found; the first finding stays. True when it was the last open hit of its run.</summary>
    public async Task<bool> Settle(string id, HitStatus status, string finding, Deed deed, CancellationToken cancellationToken)
    {
        var hit = await Get(id, cancellationToken);
        await context.Lock<MatchRun>(hit.RunId, cancellationToken);
        hit = await Get(id, cancellationToken);
        if (hit.Status is not (HitStatus.Open or HitStatus.Listed))
            return false;
        await context.Replace(hit with { Status = status, DecidedAt = deed.At, DecidedBy = deed.By, Finding = finding }, cancellationToken);
        await context.Audit(RunBook.Chain(hit.RunId), new AuditDetail("HitSettled", new { hit = id, hit.Warning, status }), deed, cancellationToken);
        return hit.Status == HitStatus.Open && !await context.Set<MatchHit>().AnyAsync(row => row.RunId == hit.RunId && row.Status == HitStatus.Open, cancellationToken);
    }

    /// <summary>A home check has confirmed a hit of class A or B: somebody was discovered (P02); and whether it was the last open hit of its run.</summary>
    public async Task<(bool IsLast, Discovery? Found)> Discover(string id, (string Finding, DiscoveryRisk Risk) seen, Deed deed, CancellationToken cancellationToken)
    {
        var isLast = await Settle(id, HitStatus.Confirmed, seen.Finding, deed, cancellationToken);
        var hit = await Get(id, cancellationToken);
        var found = await new DiscoveryBook(context).Register(new Discovery
        {
            Id = deed.Key, CountyCode = hit.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = hit.AreaCode, Origin = DiscoveryOrigin.DataMatch, OriginId = hit.Id,
            PersonId = hit.PersonId, PersonRef = hit.PersonId is null ? hit.Reference ?? hit.Id : null, Seen = seen.Finding, Risk = seen.Risk
        }, deed, cancellationToken);
        await context.Replace(hit with { DiscoveryId = found.Id }, cancellationToken);
        return (isLast, found);
    }

    /// <summary>The death that a hit told of was known from elsewhere: it is nobody's work any more. True when it was the last open hit of its run.</summary>
    public async Task<bool> Known(string id, Deed deed, CancellationToken cancellationToken)
    {
        var hit = await Get(id, cancellationToken);
        await context.Lock<MatchRun>(hit.RunId, cancellationToken);
        await context.Replace(hit with { Status = HitStatus.Suppressed, Suppressed = Suppression.AlreadyKnown }, cancellationToken);
        await context.Audit(RunBook.Chain(hit.RunId), new AuditDetail("HitSettled", new { hit = id, hit.Warning, status = Suppression.AlreadyKnown }), deed, cancellationToken);
        return !await context.Set<MatchHit>().AnyAsync(row => row.RunId == hit.RunId && row.Status == HitStatus.Open, cancellationToken);
    }
}
