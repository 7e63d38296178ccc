using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Grids;

/// <summary>Reads the grid: who has which villages today (FA-020, INV-20).</summary>
public sealed class GridQueries(ReliefDbContext context)
{
    /// <summary>The level that holds villages.</summary>
    public const int LevelOfVillages = 3;

    /// <summary>Villages that a cell should have; a real area may need others (0.2b).</summary>
    private const int Fewest = 3, Most = 8;

    /// <summary>A cell, or none.</summary>
    public Task<GridCell?> Find(string id, CancellationToken cancellationToken) => context.Set<GridCell>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Who has the cell of a village on a day; none when no cell covers it, or nobody has the cell.</summary>
    public async Task<string?> WorkerOf(string villageCode, DateOnly on, CancellationToken cancellationToken)
    {
        var posts = await Posts(on).Where(post => context.Set<GridVillage>().Any(village => village.Id == villageCode && village.CellId == post.CellId)).ToListAsync(cancellationToken);
        return Current(posts)?.StaffId;
    }

    /// <summary>The villages that somebody has on a day.</summary>
    public async Task<IReadOnlyList<string>> VillagesOf(string staffId, DateOnly on, CancellationToken cancellationToken)
    {
        var mine = context.Set<GridPost>().Where(post => post.StaffId == staffId && post.EndedAt == null).Select(post => post.CellId);
        var cells = (await Posts(on).Where(post => mine.Contains(post.CellId)).ToListAsync(cancellationToken))
            .GroupBy(post => post.CellId).Where(cell => Current([.. cell])?.StaffId == staffId).Select(cell => cell.Key).ToList();
        return await context.Set<GridVillage>().Where(row => cells.Contains(row.CellId)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>A cell as it stands on a day.</summary>
    public async Task<CellView?> View(string id, DateOnly on, CancellationToken cancellationToken)
    {
        var cells = await context.Set<GridCell>().Where(row => row.Id == id).ToListAsync(cancellationToken);
        return (await Views(cells, on, cancellationToken)).SingleOrDefault();
    }

    /// <summary>A county's grid on a day.</summary>
    public async Task<GridView> Of(string countyCode, DateOnly on, CancellationToken cancellationToken)
    {
        var cells = await Views(await context.Set<GridCell>().Where(row => row.CountyCode == countyCode).OrderBy(row => row.Id).ToListAsync(cancellationToken), on, cancellationToken);
        var codes = await new AreaQueries(context).CodesUnder(countyCode, cancellationToken);
        var uncovered = await context.Set<AreaUnit>().Where(area => area.Level == AreaLevel.Village && codes.Contains(area.Code) && !context.Set<GridVillage>().Any(row => row.Id == area.Code))
            .OrderBy(area => area.Code).Select(area => area.Code).ToListAsync(cancellationToken);
        var expected = await new ParameterQueries(context).Whole("grid.cells", countyCode, on, cancellationToken);
        var vacant = cells.Where(cell => cell.Cell.Level == LevelOfVillages && cell.Current is null).Select(cell => cell.Cell.Id).ToList();
        List<string> warnings = [];
        if (expected > 0 && expected != cells.Count)
            warnings.Add("CellCount");
        if (uncovered.Count > 0)
            warnings.Add("UncoveredVillages");
        if (vacant.Count > 0)
            warnings.Add("VacantCells");
        return new GridView(cells, cells.GroupBy(cell => cell.Cell.Level).ToDictionary(level => level.Key, level => level.Count()), expected, uncovered, vacant, warnings);
    }

    private IQueryable<GridPost> Posts(DateOnly on) => context.Set<GridPost>().Where(post => post.EndedAt == null && post.ValidFrom <= on && (post.ValidTo == null || post.ValidTo >= on)
        && context.Set<StaffMember>().Any(member => member.Id == post.StaffId && member.Active));

    private static GridPost? Current(IReadOnlyCollection<GridPost> posts) =>
        posts.FirstOrDefault(post => post.Kind == GridPostKind.StandIn) ?? posts.FirstOrDefault(post => post.Kind == GridPostKind.Worker);

    private async Task<IReadOnlyList<CellView>> Views(IReadOnlyList<GridCell> cells, DateOnly on, CancellationToken cancellationToken)
    {
        var ids = cells.Select(cell => cell.Id).ToList();
        var villages = (await context.Set<GridVillage>().Where(row => ids.Contains(row.CellId)).OrderBy(row => row.Id).ToListAsync(cancellationToken)).ToLookup(row => row.CellId, row => row.Id);
        var named = (await context.Set<GridPost>().Where(row => ids.Contains(row.CellId) && row.EndedAt == null).ToListAsync(cancellationToken)).ToLookup(row => row.CellId);
        var active = (await Posts(on).Where(row => ids.Contains(row.CellId)).ToListAsync(cancellationToken)).ToLookup(row => row.CellId);
        return [.. cells.Select(cell => View(cell, [.. villages[cell.Id]], [.. named[cell.Id].Where(post => post.HoldsOn(on))], [.. active[cell.Id]]))];
    }

    private static CellView View(GridCell cell, IReadOnlyList<string> villages, IReadOnlyList<GridPost> named, IReadOnlyList<GridPost> active)
    {
        var worker = named.FirstOrDefault(post => post.Kind == GridPostKind.Worker);
        var standIn = named.FirstOrDefault(post => post.Kind == GridPostKind.StandIn);
        List<string> warnings = [];
        if (cell.Level == LevelOfVillages)
        {
            if (worker is null)
                warnings.Add("NoWorker");
            else if (!active.Contains(worker))
                warnings.Add("WorkerLeft");
            if (villages.Count < Fewest)
                warnings.Add("FewVillages");
            if (villages.Count > Most)
                warnings.Add("ManyVillages");
        }

        return new CellView(cell, villages, worker?.StaffId, standIn?.StaffId, standIn?.ValidTo, Current(active)?.StaffId, warnings);
    }
}
