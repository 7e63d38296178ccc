using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.Guidance;

/// <summary>Reads cities and what they have asked of their counties.</summary>
public sealed class CityQueries(ReliefDbContext context)
{
    /// <summary>A city's counties, by code; none when it is no city.</summary>
    public async Task<IReadOnlyList<AreaUnit>> Counties(string cityCode, CancellationToken cancellationToken) =>
        [.. (await new AreaQueries(context).Below(cityCode, cancellationToken)).Where(area => area.Level == AreaLevel.County)];

    /// <summary>The codes of a city's counties; the area's own when it is no city.</summary>
    public async Task<IReadOnlyList<string>> CountiesOf(string areaCode, CancellationToken cancellationToken) =>
        await Counties(areaCode, cancellationToken) is { Count: > 0 } counties ? [.. counties.Select(county => county.Code)] : [areaCode];

    /// <summary>The bureau whose people guide a city; null when none is registered.</summary>
    public Task<string?> Bureau(string cityCode, CancellationToken cancellationToken) =>
        context.Set<Organisation>().Where(row => row.Kind == OrganisationKind.CityBureau && row.AreaCode == cityCode).OrderBy(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>What a city has asked, newest first.</summary>
    public async Task<IReadOnlyList<Urging>> Urgings(string cityCode, CancellationToken cancellationToken) =>
        await context.Set<Urging>().Where(row => row.CityCode == cityCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What a county and its townships were asked, newest first.</summary>
    public async Task<IReadOnlyList<Urging>> UrgingsOf(string countyCode, CancellationToken cancellationToken) =>
        await context.Set<Urging>().Where(row => row.CountyCode == countyCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>What a city has adjusted, newest first.</summary>
    public async Task<IReadOnlyList<ItemAdjustment>> Adjustments(string cityCode, CancellationToken cancellationToken) =>
        await context.Set<ItemAdjustment>().Where(row => row.CityCode == cityCode).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.ItemCode).ToListAsync(cancellationToken);

    /// <summary>An area's summaries, the latest period first.</summary>
    public async Task<IReadOnlyList<GuidanceSummary>> Summaries(string areaCode, CancellationToken cancellationToken) =>
        await context.Set<GuidanceSummary>().Where(row => row.AreaCode == areaCode).OrderByDescending(row => row.PeriodFrom).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A summary, or none.</summary>
    public Task<GuidanceSummary?> Summary(string id, CancellationToken cancellationToken) => context.Set<GuidanceSummary>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The published cases of counties, newest first: title, story and outcome, never whose they are.</summary>
    public async Task<IReadOnlyList<PublishedCase>> Published(IReadOnlyList<string> counties, CancellationToken cancellationToken) =>
        await context.Set<TypicalCase>().Where(row => counties.Contains(row.CountyCode) && row.Status == TypicalCaseStatus.Published).OrderByDescending(row => row.PublishedAt).ThenBy(row => row.Id)
            .Select(row => new PublishedCase(row.Id, row.CountyCode, row.Title, row.Story, row.Outcome, row.PublishedAt!.Value)).ToListAsync(cancellationToken);
}

/// <summary>A typical case as everybody may read it.</summary>
public sealed record PublishedCase(string Id, string CountyCode, string Title, string Story, string Outcome, DateTimeOffset PublishedAt);
