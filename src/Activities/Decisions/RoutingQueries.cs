using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Catalogue;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Reads routing tables, and what they have proposed for needs.</summary>
public sealed class RoutingQueries(ReliefDbContext context)
{
    /// <summary>The table that holds in a county on a day: its own, else the one that ships with the product.</summary>
    public async Task<RoutingTable> On(string countyCode, DateOnly day, CancellationToken cancellationToken) => (await context.Set<RoutingVersion>()
        .Where(row => row.CountyCode == countyCode && row.Status == RoutingStatus.Approved && row.ValidFrom <= day && (row.ValidTo == null || row.ValidTo >= day))
        .FirstOrDefaultAsync(cancellationToken))?.ToTable() ?? RoutingTable.Shipped;

    /// <summary>A county's versions, newest first.</summary>
    public async Task<IReadOnlyList<RoutingVersion>> Versions(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<RoutingVersion>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.Version).ToListAsync(cancellationToken);

    /// <summary>The families of needs in a county's catalogue.</summary>
    public async Task<IReadOnlyList<string>> Families(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<CatalogueItem>().Where(row => row.CountyCode == countyCode).Select(row => row.Family).Distinct().ToListAsync(cancellationToken);

    /// <summary>A version, or none.</summary>
    public Task<RoutingVersion?> Find(string id, CancellationToken cancellationToken) => context.Set<RoutingVersion>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Everything that was proposed and chosen for a case's needs, in order.</summary>
    public async Task<IReadOnlyList<NeedRouting>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<NeedRouting>().Where(row => row.CaseId == caseId).OrderBy(row => row.NeedItemId).ThenBy(row => row.Sequence).ToListAsync(cancellationToken);

    /// <summary>The last answer for each need of a case, by need.</summary>
    public async Task<IReadOnlyDictionary<string, NeedRouting>> Last(string caseId, CancellationToken cancellationToken) =>
        (await Of(caseId, cancellationToken)).GroupBy(row => row.NeedItemId).ToDictionary(group => group.Key, group => group.Last());
}
