using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>The grid (P18, FA-020): cells of three levels, their villages, and who has them. A cell that nobody has is an alarm.</summary>
internal static class GridApi
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public static void MapGrid(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/grid").WithTags("Visits").RequireAuthorization(Policies.See);
        group.MapGet("/", Read).WithSummary("A county's grid as it stands today, with what is missing: cells without a worker, villages without a cell, numbers out of the usual");
        group.MapGet("/cells/{cell}", Find).WithSummary("A cell as it stands today").Refuses(404);
        group.MapPut("/cells/{cell}", Keep).WithSummary("Make a cell or change it, with all its villages; a village lies in one cell of the third level")
            .WithDescription("A new cell of the third level has no worker: the county is asked to appoint one.").RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(409, 422);
        group.MapPut("/cells/{cell}/worker", Appoint).WithSummary("Appoint a cell's worker: a grid worker for all its villages, who has no other cell")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapDelete("/cells/{cell}/worker", Dismiss).WithSummary("A cell's worker leaves: an alarm until there is another")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404);
        group.MapPut("/cells/{cell}/stand-in", StandIn).WithSummary("Somebody stands in for a cell's worker: at most 30 days, and nobody has more than two cells")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Ok<GridView>> Read(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(await new GridQueries(db).Of(county, await Today(records, cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<CellView>, ProblemHttpResult>> Find(ReliefRecords records, string cell, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new GridQueries(db).View(cell, await Today(records, cancellationToken), cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Ok<CellView>, ProblemHttpResult>> Keep(ReliefRecords records, string cell, NewCell body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("cell", cell.Length <= 50 && cell.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), "A code of letters, digits, - and _, at most 50 characters.")
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("name", body.Name is { Length: > 0 and <= 100 }, "The name, 1 to 100 characters.")
            .Check("level", body.Level is >= 1 and <= GridQueries.LevelOfVillages, "1, 2 or 3.")
            .Check("villages", (body.Villages ?? []).Count <= 200 && (body.Villages ?? []).Distinct().Count() == (body.Villages ?? []).Count, "Codes of villages, each once.");
        if (fields.Refused is { } refused)
            return refused;
        var entry = new CellEntry(cell, body.CountyCode!, body.Name!, body.Level!.Value, body.ParentId, body.Villages ?? []);
        var deed = await records.DeedOf(context, cancellationToken);
        GridFault? fault = null;
        await records.Flows.StartWithRecords(Vacancy(cell, deed), async (unit, inside) =>
        {
            await using var db = ReliefDbContext.Over(unit);
            var isNew = await new GridQueries(db).Find(cell, inside) is null;
            fault = await new GridBook(db).Keep(entry, deed, inside);
            return fault is null && isNew && entry.Level == GridQueries.LevelOfVillages;
        }, cancellationToken);
        return await Answer(records, cell, fault, cancellationToken);
    }

    private static Task<Results<Ok<CellView>, ProblemHttpResult>> Appoint(ReliefRecords records, string cell, NewWorker body, HttpContext context, CancellationToken cancellationToken) =>
        Post(records, cell, context, body.StaffId is { Length: > 0 and <= 100 } staff ? (db, of, deed) => new PostBook(db).Appoint(of, staff, deed, cancellationToken) : null, cancellationToken);

    private static Task<Results<Ok<CellView>, ProblemHttpResult>> StandIn(ReliefRecords records, string cell, NewStandIn body, HttpContext context, CancellationToken cancellationToken) =>
        body.Until is { } until
            ? Post(records, cell, context, body.StaffId is { Length: > 0 and <= 100 } staff ? (db, of, deed) => new PostBook(db).StandIn(of, staff, until, deed, cancellationToken) : null, cancellationToken)
            : Task.FromResult<Results<Ok<CellView>, ProblemHttpResult>>(new Fields().Add("until", "The last day.").Refused!);

    private static async Task<Results<Ok<CellView>, ProblemHttpResult>> Dismiss(ReliefRecords records, string cell, HttpContext context, CancellationToken cancellationToken)
    {
        var deed = await records.DeedOf(context, cancellationToken);
        await using var reading = records.Reading();
        if (await new GridQueries(reading).Find(cell, cancellationToken) is not { } known)
            return NotFound();
        await records.Flows.StartWithRecords(Vacancy(cell, deed), async (unit, inside) =>
        {
            await using var db = ReliefDbContext.Over(unit);
            return await new PostBook(db).Dismiss(known, deed, inside);
        }, cancellationToken);
        return await Answer(records, cell, null, cancellationToken);
    }

    private static async Task<Results<Ok<CellView>, ProblemHttpResult>> Post(
        ReliefRecords records, string cell, HttpContext context, Func<ReliefDbContext, GridCell, Deed, Task<GridFault?>>? post, CancellationToken cancellationToken)
    {
        if (new Fields().Check("staffId", post is not null, "Who, by their staff id.").Refused is { } refused)
            return refused;
        await using var reading = records.Reading();
        if (await new GridQueries(reading).Find(cell, cancellationToken) is not { } known)
            return NotFound();
        var deed = await records.DeedOf(context, cancellationToken);
        var fault = await records.Change(db => post!(db, known, deed), cancellationToken);
        if (fault is null)
            await records.Flows.Publish(new EventToPublish(GridBook.Filled(cell), null, FlowJson.Of(new { cell }), Kept), CancellationToken.None);
        return await Answer(records, cell, fault, cancellationToken);
    }

    private static async Task<Results<Ok<CellView>, ProblemHttpResult>> Answer(ReliefRecords records, string cell, GridFault? fault, CancellationToken cancellationToken)
    {
        if (fault is not null)
            return Refusal.Of(409, fault.Code, fault.Message, ("errors", new Dictionary<string, string[]> { [fault.Field] = [fault.Message] }));
        await using var db = records.Reading();
        return TypedResults.Ok((await new GridQueries(db).View(cell, await Today(records, cancellationToken), cancellationToken))!);
    }

    private static StartInstance Vacancy(string cell, Deed deed) =>
        new("procedure.grid", FlowJson.Of(new { cellId = cell }), deed.By) { InstanceId = Guid.CreateVersion7(), CorrelationId = GridBook.Chain(cell), BusinessKey = GridBook.Chain(cell) };

    private static async Task<DateOnly> Today(ReliefRecords records, CancellationToken cancellationToken) => ChinaTime.DayOf(await records.Now(cancellationToken));

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "grid.notFound", "There is no such cell.");
}

/// <summary>A cell as it is set.</summary>
/// <param name="Level">1 a part of the county, 2 a township, 3 some villages.</param>
/// <param name="ParentId">The cell of the level above.</param>
/// <param name="Villages">All villages in it.</param>
public sealed record NewCell(string? CountyCode, string? Name, int? Level, string? ParentId, IReadOnlyList<string>? Villages);

/// <summary>Who becomes a cell's worker.</summary>
public sealed record NewWorker(string? StaffId);

/// <summary>Who stands in, and until when.</summary>
public sealed record NewStandIn(string? StaffId, DateOnly? Until);
