using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Central help days (集中帮办日, P30): planning one, what its desks write down, and what it came to.</summary>
internal static class HelpDaysApi
{
    private const int MostDesks = 50;

    public static void MapHelpDays(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/help-days").WithTags("Help days").RequireAuthorization(Policies.See);
        group.MapPost("/", Plan).WithSummary("Plan a help day: place, day, desks with their teams")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(400, 409, 422);
        group.MapGet("/", List).WithSummary("A county's help days, newest first");
        group.MapGet("/{id}", Find).WithSummary("A help day with its desks and its report: the sums of what stands linked to it").Refuses(404);
        group.MapPost("/{id}/forms", Take).WithSummary("Hand in one form of a desk: a number of leaflets or consultations, or a real application, conference or mandate")
            .WithDescription("A device that was offline sends each form with its own key and the time at which it was written; a form is taken once however often it is sent. Nothing but leaflets and consultations is a number.")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Never).Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<Accepted<HelpDay>, ProblemHttpResult>> Plan(ReliefRecords records, PlannedHelpDay body, HttpContext context, CancellationToken cancellationToken)
    {
        var id = RepeatedRequests.IdOf(context, "help-day");
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), id.ToString("N"));
        if (await Faults(records, body, deed.At, cancellationToken) is { } refused)
            return refused;
        var day = new HelpDay
        {
            Id = deed.Key, CountyCode = body.CountyCode!, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = body.AreaCode!, Place = body.Place!, HeldOn = body.HeldOn!.Value, Status = HelpDayStatus.Planned
        };
        HelpDesk[] desks = [.. body.Desks!.Select((desk, at) => new HelpDesk
        {
            Id = $"{deed.Key}-{at + 1:00}", CountyCode = day.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, HelpDayId = day.Id, Name = desk.Name!, UnitCode = desk.UnitId!, Team = [.. desk.Team!]
        })];
        var planned = await records.Change(db => new HelpDayBook(db).Plan(day, desks, deed, cancellationToken), cancellationToken);
        var chain = HelpDay.Chain(day.Id);
        await records.Flows.Start(new StartInstance("procedure.helpday", FlowJson.Of(new { helpDayId = day.Id }), deed.By) { InstanceId = id, CorrelationId = chain, BusinessKey = chain }, cancellationToken);
        return TypedResults.Accepted($"/api/v1/help-days/{day.Id}", planned);
    }

    private static async Task<Ok<Listing<HelpDay>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<HelpDay>(await new HelpDayQueries(db).Of(county, cancellationToken)));
    }

    private static async Task<Results<Ok<HelpDayView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new HelpDayQueries(db);
        if (await queries.Find(id, cancellationToken) is not { } day)
            return NotFound();
        // The sums are the county's, whoever may look at the day; what is linked is seen by whom it concerns.
        await using var all = records.ReadingAll();
        return TypedResults.Ok(new HelpDayView(day, await queries.Desks(id, cancellationToken), await new HelpDayQueries(all).Report(id, cancellationToken)));
    }

    private static async Task<Results<Accepted<TakenForm>, ProblemHttpResult>> Take(ReliefRecords records, string id, HelpForm body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new HelpDayQueries(db);
        if (await queries.Find(id, cancellationToken) is not { } day)
            return NotFound();
        var (by, now) = (context.User.By(), await records.Now(cancellationToken));
        if (await new HelpDayBook(db).Known(id, body.DeviceKey ?? "", cancellationToken) is { } known)
            return Accepted(known, again: true);
        if (HelpFormRules.Faults(body, day, now) is { } refused)
            return refused;
        if ((await queries.Desks(id, cancellationToken)).FirstOrDefault(desk => desk.Id == body.DeskId) is not { } at)
            return new Fields().Add("deskId", "There is no such desk.").Refused!;
        if (!at.Team.Contains(by))
            return Refusal.Of(403, "helpDay.notAtTheDesk", "Only who sits at the desk hands in its forms.");
        if (day.Status is HelpDayStatus.Planned or HelpDayStatus.Closed)
            return Refusal.Of(409, "helpDay.notOpen", "Forms are taken from the morning of the day until its follow-up list is closed.");
        var deed = new Deed(by, now, $"help-day:{id}:{body.DeviceKey}");
        var made = await HelpFormDesk.Make(records, (day, body), deed, cancellationToken);
        if (made.Refused is { } problem)
            return problem;
        var entry = new HelpEntry
        {
            Id = InstanceIds.Of(deed.Key).ToString("N"), CountyCode = day.CountyCode, CreatedAt = now, CreatedBy = by, HelpDayId = id, DeskId = at.Id, Kind = body.Kind!.Value, Number = body.Number,
            ObjectId = made.ObjectId, DeviceKey = body.DeviceKey!, DeviceAt = (body.DeviceTime ?? now).ToUniversalTime()
        };
        return Accepted(await records.Change(changing => new HelpDayBook(changing).Take(entry, deed, cancellationToken), cancellationToken), again: false);
    }

    private static Accepted<TakenForm> Accepted(HelpEntry entry, bool again) =>
        TypedResults.Accepted($"/api/v1/help-days/{entry.HelpDayId}", new TakenForm(entry.Kind, entry.Number, entry.ObjectId, again));

    private static async Task<ProblemHttpResult?> Faults(ReliefRecords records, PlannedHelpDay body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.")
            .Check("areaCode", body.AreaCode is { Length: > 0 and <= 12 }, "The code of the township or village where it is.")
            .Check("place", body.Place is { Length: > 0 and <= 200 }, "The place, 1 to 200 characters.")
            .Check("heldOn", body.HeldOn >= ChinaTime.DayOf(now), "The day, not a past one.")
            .Check("desks", body.Desks is { Count: > 0 and <= MostDesks } desks && desks.All(desk => desk is { Name.Length: > 0 and <= 100, UnitId.Length: > 0, Team.Count: > 0 and <= 50 }), "1 to 50 desks, each with a name, a unit and its team.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.ReadingAll();
        var queries = new HelpDayQueries(db);
        return fields
            .Check("areaCode", body.AreaCode == body.CountyCode || (await new AreaQueries(db).CodesAbove(body.AreaCode!, cancellationToken)).Contains(body.CountyCode!), "The place is not known in this county.")
            .Check("desks", await queries.Knows(body.CountyCode!, [.. body.Desks!.Select(desk => desk.UnitId!)], [.. body.Desks!.SelectMany(desk => desk.Team!)], cancellationToken), "A unit or a member of a team is not known in this county.")
            .Refused;
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "helpDay.notFound", "There is no such help day.");
}

/// <summary>A help day as it is planned.</summary>
/// <param name="AreaCode">The township or village where it is.</param>
/// <param name="Place">The place in words.</param>
public sealed record PlannedHelpDay(string? CountyCode, string? AreaCode, string? Place, DateOnly? HeldOn, IReadOnlyList<PlannedDesk>? Desks);

/// <summary>A desk.</summary>
/// <param name="Name">What stands on it.</param>
/// <param name="UnitId">The organisation that has it.</param>
/// <param name="Team">Who sits at it: staff ids.</param>
public sealed record PlannedDesk(string? Name, string? UnitId, IReadOnlyList<string>? Team);

/// <summary>A help day as it stands.</summary>
public sealed record HelpDayView(HelpDay Day, IReadOnlyList<HelpDesk> Desks, HelpDayReport Report);

/// <summary>The receipt of a form.</summary>
/// <param name="ObjectId">The application, conference or mandate.</param>
/// <param name="Again">True when it was taken before under the same key.</param>
public sealed record TakenForm(HelpKind Kind, int? Number, string? ObjectId, bool Again);
