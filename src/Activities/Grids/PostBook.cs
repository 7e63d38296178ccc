using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;

namespace Relief.Flow.Activities.Grids;

/// <summary>Keeps who has which cell (FA-020, INV-20): one worker each, one cell each, and who stands in for a time.</summary>
public sealed class PostBook(ReliefDbContext context)
{
    /// <summary>Somebody becomes the worker of a cell; whoever was it before no longer is. Null when it stands so now.</summary>
    public async Task<GridFault?> Appoint(GridCell cell, string staffId, Deed deed, CancellationToken cancellationToken)
    {
        await new GridBook(context).Lock(cell.CountyCode, cancellationToken);
        if (await Fault(cell, staffId, deed, cancellationToken) is { } fault)
            return fault;
        var standing = await Standing(cell.Id, GridPostKind.Worker, cancellationToken);
        if (standing?.StaffId == staffId)
            return null;
        if (await context.Set<GridPost>().FirstOrDefaultAsync(row => row.StaffId == staffId && row.Kind == GridPostKind.Worker && row.EndedAt == null, cancellationToken) is { } other)
            return new GridFault("grid.hasCell", "staffId", $"They are the worker of the cell {other.CellId}; one worker has one cell, another cell only for a time.");
        await End(standing, deed, cancellationToken);
        await Post(cell, (staffId, GridPostKind.Worker, null, null), deed, cancellationToken);
        return null;
    }

    /// <summary>A cell has no worker from now on. False when it had none.</summary>
    public async Task<bool> Dismiss(GridCell cell, Deed deed, CancellationToken cancellationToken)
    {
        await new GridBook(context).Lock(cell.CountyCode, cancellationToken);
        if (await Standing(cell.Id, GridPostKind.Worker, cancellationToken) is not { } standing)
            return false;
        await End(standing, deed, cancellationToken);
        return true;
    }

    /// <summary>Somebody stands in for a cell's worker until a day, as long and for as many cells as policy lets them (<c>grid.standIn.days</c>, <c>.cells</c>). Null when it stands so now.</summary>
    public async Task<GridFault?> StandIn(GridCell cell, string staffId, DateOnly until, Deed deed, CancellationToken cancellationToken)
    {
        await new GridBook(context).Lock(cell.CountyCode, cancellationToken);
        if (await Fault(cell, staffId, deed, cancellationToken) is { } fault)
            return fault;
        var today = ChinaTime.DayOf(deed.At);
        var parameters = new ParameterQueries(context);
        var standing = await Standing(cell.Id, GridPostKind.StandIn, cancellationToken);
        // Who is asked again and again stands in from the first day on.
        var since = standing is { ValidTo: { } last } && standing.StaffId == staffId && last >= today.AddDays(-1) ? standing.ValidFrom : today;
        var days = await parameters.Whole("grid.standIn.days", cell.CountyCode, today, cancellationToken);
        if (until < today || until.DayNumber - since.DayNumber + 1 > days)
            return new GridFault("grid.standInTooLong", "until", $"From today on, at most {days} days in all; appoint a worker instead.");
        var most = await parameters.Whole("grid.standIn.cells", cell.CountyCode, today, cancellationToken);
        var cells = await context.Set<GridPost>().Where(row => row.StaffId == staffId && row.EndedAt == null && row.CellId != cell.Id && (row.ValidTo == null || row.ValidTo >= today))
            .Select(row => row.CellId).Distinct().CountAsync(cancellationToken);
        if (cells + 1 > most)
            return new GridFault("grid.tooManyCells", "staffId", $"Nobody has more than {most} cells at a time.");
        if ((await Standing(cell.Id, GridPostKind.Worker, cancellationToken))?.StaffId == staffId)
            return new GridFault("grid.isWorker", "staffId", "They are the worker of this cell.");
        if (standing is not null && standing.StaffId == staffId && standing.ValidTo == until)
            return null;
        await End(standing, deed, cancellationToken);
        await Post(cell, (staffId, GridPostKind.StandIn, since, until), deed, cancellationToken);
        return null;
    }

    private async Task<GridFault?> Fault(GridCell cell, string staffId, Deed deed, CancellationToken cancellationToken)
    {
        if (cell.Level != GridQueries.LevelOfVillages)
            return new GridFault("grid.level", "cell", "Only cells of the third level have workers.");
        var villages = await context.Set<GridVillage>().Where(row => row.CellId == cell.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        var post = (await new StaffQueries(context).PostsOf(staffId, ChinaTime.DayOf(deed.At), cancellationToken)).FirstOrDefault(held => held.Role == ReliefRoles.GridWorker);
        return post is null || villages.Exists(village => !post.Units.Contains(village))
            ? new GridFault("grid.notGridWorker", "staffId", "The staff register has nobody of this id who is a grid worker for all villages of the cell.")
            : null;
    }

    private Task<GridPost?> Standing(string cellId, GridPostKind kind, CancellationToken cancellationToken) =>
        context.Set<GridPost>().FirstOrDefaultAsync(row => row.CellId == cellId && row.Kind == kind && row.EndedAt == null, cancellationToken);

    private async Task End(GridPost? post, Deed deed, CancellationToken cancellationToken)
    {
        if (post is null)
            return;
        await context.Replace(post with { EndedAt = deed.At }, cancellationToken);
        await context.Audit(GridBook.Chain(post.CellId), new AuditDetail("PostEnded", new { post.StaffId, post.Kind }), deed, cancellationToken);
    }

    private async Task Post(GridCell cell, (string StaffId, GridPostKind Kind, DateOnly? Since, DateOnly? Until) who, Deed deed, CancellationToken cancellationToken)
    {
        await context.Insert(new GridPost
        {
            Id = deed.NewId(), CountyCode = cell.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, CellId = cell.Id, StaffId = who.StaffId, Kind = who.Kind,
            ValidFrom = who.Since ?? ChinaTime.DayOf(deed.At), ValidTo = who.Until
        }, cancellationToken);
        await context.Audit(GridBook.Chain(cell.Id), new AuditDetail("PostGiven", new { who.StaffId, who.Kind, who.Until }), deed, cancellationToken);
    }
}
