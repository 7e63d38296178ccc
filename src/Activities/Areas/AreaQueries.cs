using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Areas;

/// <summary>Reads the jurisdiction tree.</summary>
public sealed class AreaQueries(ReliefDbContext context)
{
    /// <summary>The area and everything above it, nearest first; empty when the area is unknown. One statement, however deep the tree is: it is asked with nearly every deed.</summary>
    public async Task<IReadOnlyList<AreaUnit>> ChainOf(string areaCode, CancellationToken cancellationToken)
    {
        var table = context.Model.FindEntityType(typeof(AreaUnit))!.GetSchemaQualifiedTableName();
        var sql = "with recursive above as (select * from " + table + " where code = {0} union select up.* from " + table + " up join above on up.code = above.parent_code) select * from above";   // the table's name is ours
        var above = await context.Set<AreaUnit>().FromSqlRaw(sql, areaCode).ToDictionaryAsync(area => area.Code, cancellationToken);
        List<AreaUnit> chain = [];
        for (string? code = areaCode; code is not null && above.Remove(code, out var area); code = area.ParentCode)
            chain.Add(area);
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

    /// <summary>The area and everything below it, by code.</summary>
    public async Task<IReadOnlyList<string>> CodesUnder(string areaCode, CancellationToken cancellationToken)
    {
        List<string> found = [areaCode];
        for (string[] level = [areaCode]; level.Length > 0;)
        {
            var above = level;
            level = await context.Set<AreaUnit>().Where(row => row.ParentCode != null && above.Contains(row.ParentCode)).Select(row => row.Code).ToArrayAsync(cancellationToken);
            found.AddRange(level);
        }

        return found;
    }

    /// <summary>The township of each area below a county, by code; of a township itself.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Townships(string countyCode, CancellationToken cancellationToken)
    {
        var found = (await Below(countyCode, cancellationToken)).ToDictionary(area => area.Code, area => area.Code);
        for (string[] level = [.. found.Keys]; level.Length > 0;)
        {
            var above = level;
            var below = await context.Set<AreaUnit>().Where(row => row.ParentCode != null && above.Contains(row.ParentCode)).ToListAsync(cancellationToken);
            foreach (var area in below)
                found[area.Code] = found[area.ParentCode!];
            level = [.. below.Select(area => area.Code)];
        }

        return found;
    }

    /// <summary>The counties, by code.</summary>
    public async Task<IReadOnlyList<AreaUnit>> Counties(CancellationToken cancellationToken) =>
        await context.Set<AreaUnit>().Where(row => row.Level == AreaLevel.County).OrderBy(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>Whether this is the code of a county that is kept here.</summary>
    public Task<bool> IsCounty(string? code, CancellationToken cancellationToken) => context.Set<AreaUnit>().AnyAsync(row => row.Code == code && row.Level == AreaLevel.County, cancellationToken);

    /// <summary>The villages among these areas, by code; every village when none are named.</summary>
    public async Task<IReadOnlyList<AreaUnit>> Villages(IReadOnlyList<string>? among, CancellationToken cancellationToken) =>
        await context.Set<AreaUnit>().Where(row => row.Level == AreaLevel.Village && (among == null || among.Contains(row.Code))).OrderBy(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>The counties and townships, by code: where policy is set.</summary>
    public async Task<IReadOnlyList<AreaUnit>> AboveVillages(CancellationToken cancellationToken) =>
        await context.Set<AreaUnit>().Where(row => row.Level != AreaLevel.Village).OrderBy(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>Every area, by code.</summary>
    public async Task<IReadOnlyList<AreaUnit>> All(CancellationToken cancellationToken) => await context.Set<AreaUnit>().OrderBy(row => row.Code).ToListAsync(cancellationToken);

    /// <summary>The names of these areas by code; codes that are no area are not there.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        await context.Set<AreaUnit>().Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.Name, cancellationToken);
}
