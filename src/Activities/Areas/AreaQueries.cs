using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Areas;

/// <summary>Reads the jurisdiction tree.</summary>
public sealed class AreaQueries(ReliefDbContext context)
{
    /// <summary>The area and everything above it, nearest first; empty when the area is unknown.</summary>
    public async Task<IReadOnlyList<AreaUnit>> ChainOf(string areaCode, CancellationToken cancellationToken)
    {
        List<AreaUnit> chain = [];
        for (string? code = areaCode; code is not null && chain.Count < 8;)
        {
            var area = await context.Set<AreaUnit>().FirstOrDefaultAsync(row => row.Code == code, cancellationToken);
            if (area is null)
                break;
            chain.Add(area);
            code = area.ParentCode;
        }

        return chain;
    }

    /// <summary>The codes of <see cref="ChainOf"/>.</summary>
    public async Task<string[]> CodesAbove(string areaCode, CancellationToken cancellationToken) =>
        [.. (await ChainOf(areaCode, cancellationToken)).Select(area => area.Code)];

    /// <summary>The code of the township that an area belongs to; the area's own when there is none.</summary>
    public async Task<string> TownshipOf(string areaCode, CancellationToken cancellationToken) =>
        (await ChainOf(areaCode, cancellationToken)).FirstOrDefault(area => area.Level == AreaLevel.Township)?.Code ?? areaCode;

    /// <summary>The children of an area, by code.</summary>
    public async Task<IReadOnlyList<AreaUnit>> Below(string areaCode, CancellationToken cancellationToken) =>
        await context.Set<AreaUnit>().Where(row => row.ParentCode == areaCode).OrderBy(row => row.Code).ToListAsync(cancellationToken);
}
