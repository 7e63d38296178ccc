using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Discoveries;

/// <summary>Keeps and reads discoveries.</summary>
public sealed class DiscoveryBook(ReliefDbContext context)
{
    /// <summary>Keeps a discovery once per origin: the second of a hit, visit or ticket is the first.</summary>
    public async Task<Discovery> Register(Discovery found, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"discovery:{found.Origin}:{found.OriginId}", cancellationToken);
        if (await context.Set<Discovery>().FirstOrDefaultAsync(row => row.Origin == found.Origin && row.OriginId == found.OriginId, cancellationToken) is { } known)
            return known;
        await context.Insert(found, cancellationToken);
        await context.Audit("discovery:" + found.Id, new AuditDetail("DiscoveryRegistered", new { found.Origin, found.OriginId, found.Risk }), deed, cancellationToken);
        return found;
    }

    /// <summary>A county's discoveries, newest first; of one origin when asked.</summary>
    public async Task<IReadOnlyList<Discovery>> Of(string countyCode, DiscoveryOrigin? origin, CancellationToken cancellationToken) =>
        await context.Set<Discovery>().Where(row => row.CountyCode == countyCode && (origin == null || row.Origin == origin))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
}
