using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Grids;

/// <summary>Keeps the cells of the grid and their villages (FA-020, INV-20). A county's changes come one after another.</summary>
public sealed class GridBook(ReliefDbContext context)
{
    /// <summary>The chain of a cell.</summary>
    public static string Chain(string cellId) => "grid:" + cellId;

    /// <summary>The event that says that somebody was appointed to a cell.</summary>
    public static string Filled(string cellId) => $"grid:{cellId}:filled";

    /// <summary>Keeps others out of a county's grid until the transaction ends.</summary>
    public Task Lock(string countyCode, CancellationToken cancellationToken) => context.LockWord("grid:" + countyCode, cancellationToken);

    /// <summary>Makes a cell, or changes it; the same again changes nothing. Null when it stands so now.</summary>
    public async Task<GridFault?> Keep(CellEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await Lock(entry.CountyCode, cancellationToken);
        var known = await new GridQueries(context).Find(entry.Id, cancellationToken);
        if ((Fault(entry, known) ?? await Fault(entry, cancellationToken)) is { } fault)
            return fault;
        var villages = await context.Set<GridVillage>().Where(row => row.CellId == entry.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        if (known is not null && known.Name == entry.Name && known.ParentId == entry.ParentId && villages.Order().SequenceEqual(entry.Villages.Order()))
            return null;

        if (known is null)
            await context.Insert(new GridCell
            {
                Id = entry.Id, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, Name = entry.Name, Level = entry.Level, ParentId = entry.ParentId
            }, cancellationToken);
        else
            await context.Replace(known with { Name = entry.Name, ParentId = entry.ParentId }, cancellationToken);
        await context.Set<GridVillage>().Where(row => row.CellId == entry.Id && !entry.Villages.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        await context.InsertAll([.. entry.Villages.Except(villages).Order().Select(code => new GridVillage
        {
            Id = code, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, CellId = entry.Id
        })], cancellationToken);
        await context.Audit(Chain(entry.Id), new AuditDetail(known is null ? "CellMade" : "CellChanged", entry), deed, cancellationToken);
        return null;
    }

    private static GridFault? Fault(CellEntry entry, GridCell? known) => entry switch
    {
        _ when known is not null && known.CountyCode != entry.CountyCode => new("grid.taken", "id", "Another county has a cell of this code; choose another."),
        _ when known is not null && known.Level != entry.Level => new("grid.levelKept", "level", "A cell keeps its level; make another cell."),
        { Level: 1, ParentId: not null } => new("grid.parent", "parentId", "A cell of the first level lies in no other."),
        { Level: > 1, ParentId: null } => new("grid.parent", "parentId", "Name the cell of the level above."),
        { Level: < GridQueries.LevelOfVillages, Villages.Count: > 0 } => new("grid.villages", "villages", "Only cells of the third level have villages."),
        _ => null
    };

    private async Task<GridFault?> Fault(CellEntry entry, CancellationToken cancellationToken)
    {
        if (entry.ParentId is { } parent && !await context.Set<GridCell>().AnyAsync(row => row.Id == parent && row.Level == entry.Level - 1 && row.CountyCode == entry.CountyCode, cancellationToken))
            return new GridFault("grid.parent", "parentId", "There is no such cell of the level above in this county.");
        var codes = await new AreaQueries(context).CodesUnder(entry.CountyCode, cancellationToken);
        var known = await context.Set<AreaUnit>().Where(row => row.Level == AreaLevel.Village && codes.Contains(row.Code) && entry.Villages.Contains(row.Code)).Select(row => row.Code).ToListAsync(cancellationToken);
        if (entry.Villages.Except(known).FirstOrDefault() is { } unknown)
            return new GridFault("grid.villageUnknown", "villages", $"{unknown} is no village of this county.");
        var taken = await context.Set<GridVillage>().Where(row => entry.Villages.Contains(row.Id) && row.CellId != entry.Id).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return taken is null ? null : new GridFault("grid.villageTaken", "villages", $"{taken.Id} lies in the cell {taken.CellId}; take it out there first.");
    }
}
