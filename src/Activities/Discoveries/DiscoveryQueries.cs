using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Discoveries;

/// <summary>Reads discoveries.</summary>
public sealed class DiscoveryQueries(ReliefDbContext context)
{
    /// <summary>A discovery, or none.</summary>
    public Task<Discovery?> Find(string id, CancellationToken cancellationToken) => context.Set<Discovery>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A discovery that must be there.</summary>
    public async Task<Discovery> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no discovery {id}.");

    /// <summary>A county's discoveries, newest first; of one origin when asked, only the open ones when asked.</summary>
    public async Task<IReadOnlyList<Discovery>> Of(string countyCode, DiscoveryOrigin? origin, bool openOnly, CancellationToken cancellationToken) =>
        await context.Set<Discovery>().Where(row => row.CountyCode == countyCode && (origin == null || row.Origin == origin) && (!openOnly || row.Status == DiscoveryStatus.Open))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The attempts to speak with the person, oldest first.</summary>
    public async Task<IReadOnlyList<DiscoveryContact>> Contacts(string id, CancellationToken cancellationToken) =>
        await context.Set<DiscoveryContact>().Where(row => row.DiscoveryId == id).OrderBy(row => row.TriedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>The discovery that an application comes of: the one it names, that of the help on behalf under which it comes, or the person's open one.</summary>
    public async Task<Discovery?> Behind((string? DiscoveryId, string? MandateId) named, (string CountyCode, string PersonId) person, CancellationToken cancellationToken) =>
        await context.Set<Discovery>().Where(row => row.CountyCode == person.CountyCode && (row.PersonId == null || row.PersonId == person.PersonId))
            .Where(row => named.DiscoveryId != null ? row.Id == named.DiscoveryId
                : (named.MandateId != null && row.MandateId == named.MandateId) || (row.PersonId == person.PersonId && row.Status == DiscoveryStatus.Open))
            .OrderByDescending(row => row.MandateId == named.MandateId && named.MandateId != null).FirstOrDefaultAsync(cancellationToken);

    /// <summary>What discoveries came to in a period.</summary>
    public async Task<DiscoveryFigures> Figures(string countyCode, (DateTimeOffset From, DateTimeOffset To) period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var cases = await context.Set<Case>().Where(row => row.CountyCode == countyCode && row.OpenedAt >= period.From && row.OpenedAt < period.To).Select(row => row.ApplicationId).ToListAsync(cancellationToken);
        var channels = await (from row in context.Set<Case>()
                              where row.CountyCode == countyCode && row.OpenedAt >= period.From && row.OpenedAt < period.To
                              join application in context.Set<Application>() on row.ApplicationId equals application.Id
                              join found in context.Set<Discovery>() on application.DiscoveryId equals found.Id
                              select found.Channel).ToListAsync(cancellationToken);
        var rows = await context.Set<Discovery>()
            .Where(row => row.CountyCode == countyCode && row.Status != DiscoveryStatus.Merged && row.CreatedAt >= period.From && row.CreatedAt < period.To)
            .Select(row => new { row.CreatedAt, row.ContactedAt, row.ClosedAt, row.DueAt, row.Outcome }).ToListAsync(cancellationToken);
        var hours = rows.Where(row => row.ContactedAt is not null).Select(row => (decimal)(row.ContactedAt!.Value - row.CreatedAt).TotalHours).Order().ToList();
        return new DiscoveryFigures(
            cases.Count, channels.Count, cases.Count == 0 ? null : decimal.Round((decimal)channels.Count / cases.Count, 4),
            Count(channels.Select(channel => channel!.Value.ToString())), Count(channels.Select(channel => DiscoveryChannels.WayOf(channel!.Value).ToString())),
            rows.Count, Count(rows.Select(row => row.Outcome?.ToString() ?? "Open")), rows.Count(row => (row.ClosedAt ?? now) > row.DueAt),
            hours.Count == 0 ? null : decimal.Round(hours[(hours.Count - 1) / 2], 1));
    }

    private static Dictionary<string, int> Count(IEnumerable<string> words) => words.GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
