using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Relief;

/// <summary>Visits that are owed to families (P18): the list of whoever makes them, reports, and visits asked for on their own.</summary>
internal static class HomeVisitsApi
{
    private const int MostText = 2_000;

    public static void MapHomeVisits(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/home-visits").WithTags("Visits").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("Visits by id, page by page: of a round, a village, a person, of whoever has a cell of the grid today, or of one state");
        group.MapGet("/{id}", Find).WithSummary("A visit with its reports").Refuses(404);
        group.MapPost("/", Ask).WithSummary("Ask for a visit by the grid worker beside those that are owed; one that is open is given back")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapPost("/{id}/reports", Report).WithSummary("Report a visit, or that nobody was home; what it leads to begins with it, in one transaction")
            .WithDescription("A call is refused unless emergency mode holds or policy lets calls count. One visit may serve the village's duty and the grid's (also), never the village's and the street's.")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
    }

    private static async Task<Ok<Page<HomeVisit>>> List(ReliefRecords records, [AsParameters] WantedVisits wanted, [AsParameters] Paging paging, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var take = Math.Clamp(paging.Take ?? 50, 1, 100);
        var found = await new RoundQueries(db).Visits(
            new VisitWish(wanted.Round, wanted.Area, wanted.Person, wanted.Worker, wanted.Status, paging.After, take), await records.Now(cancellationToken), cancellationToken);
        return TypedResults.Ok(new Page<HomeVisit>(found, found.Count == take ? found[^1].Id : null));
    }

    private static async Task<Results<Ok<HomeVisitView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new RoundQueries(db);
        return await queries.Visit(id, cancellationToken) is { } visit ? TypedResults.Ok(new HomeVisitView(visit, await queries.Reports(visit, cancellationToken))) : NotFound();
    }

    private static async Task<Results<Ok<HomeVisit>, ProblemHttpResult>> Ask(ReliefRecords records, NewVisit body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("personId", body.PersonId is { Length: > 0 and <= 50 }, "The person.")
            .Check("dueOn", body.DueOn is not null, "By when.")
            .Check("reason", body.Reason is { Length: > 0 and <= 200 }, "Why, 1 to 200 characters.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Person>(body.PersonId!, cancellationToken))
            return Refusal.Of(404, "person.notFound", "There is no such person, or they are not yours to see.");
        var deed = await records.DeedOf(context, cancellationToken);
        var (visit, fault) = await records.Change(changing => new VisitDesk(changing).Ask((body.PersonId!, body.DueOn!.Value, body.Reason!), deed, cancellationToken), cancellationToken);
        return fault is null ? TypedResults.Ok(visit!) : Refusal.Of(409, fault.Code, fault.Message);
    }

    private static async Task<Results<Accepted<TakenReport>, ProblemHttpResult>> Report(ReliefRecords records, string id, NewReport body, HttpContext context, CancellationToken cancellationToken)
    {
        if (Looked(body, context).Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new RoundQueries(db).Visit(id, cancellationToken) is not { } visit)
            return NotFound();
        var key = RepeatedRequests.IdOf(context, "home-report");
        var deed = new Deed(context.User.By(), await records.Now(cancellationToken), key.ToString("N"));
        var entry = body.ToEntry(id, body.VisitedBy ?? context.User.By());
        await using var all = records.ReadingAll();
        if (!await new VisitRight(all).Has(entry.VisitedBy, visit, deed.At, cancellationToken))
            return Refusal.Of(403, "visit.notYours", "Only the village's people or whoever has its cell make the village's visits, and people of the township the street's.");
        ReportResult taken = null!;
        var start = new StartInstance("procedure.visits.report", FlowJson.Of(new { reportId = deed.Key }), deed.By) { InstanceId = key, CorrelationId = VisitDesk.Chain(id), BusinessKey = VisitDesk.Chain(id) };
        await records.Flows.StartWithRecords(start, async (unit, inside) =>
        {
            await using var changing = ReliefDbContext.Over(unit);
            taken = await new VisitDesk(changing).Report(entry, deed, inside);
            return taken.Leads;
        }, cancellationToken);
        return taken.Report is { } report
            ? TypedResults.Accepted($"/api/v1/home-visits/{id}", new TakenReport(report.Id, report.RemoteGround, report.FlaggedAt is not null))
            : Refusal.Of(409, taken.Fault!.Code, taken.Fault.Message);
    }

    private static Fields Looked(NewReport body, HttpContext context)
    {
        var changes = body.Changes ?? [];
        return new Fields()
            .Check("outcome", body.Outcome is not null, "Done, NobodyHome, Refused or AwayLongTerm.")
            .Check("mode", body.Mode is not null, "Home or Phone.")
            .Check("visitedAt", body.VisitedAt is not null, "When it was.")
            .Check("visitedBy", body.VisitedBy is null ? context.User.Acting() is not null : context.User.Acting() is not { } acting || acting == body.VisitedBy, "Who was there: who reports it; an application names them.")
            .Check("situation", body.Outcome != VisitOutcome.Done || Fits(body.Situation), $"How the family lives, 1 to {MostText} characters; a visit that was made has seen it.")
            .Check("situation", body.Situation is null || Fits(body.Situation), $"1 to {MostText} characters.")
            .Check("needs", body.Needs is null || Fits(body.Needs), $"What they need, 1 to {MostText} characters.")
            .Check("danger", body.Danger is null || Fits(body.Danger), $"What danger somebody is in, 1 to {MostText} characters.")
            .Check("changes", changes.Count <= 10 && changes.All(change => SeenChange.Kinds.Contains(change.Kind) && Fits(change.Seen)) && changes.Select(change => change.Kind).Distinct().Count() == changes.Count,
                $"What has changed, each kind once: {string.Join(", ", SeenChange.Kinds)}; with what was seen.")
            .Check("latitude", (body.Latitude is null) == (body.Longitude is null) && body.Latitude is null or (>= -90 and <= 90), "-90 to 90, with the longitude.")
            .Check("longitude", body.Longitude is null or (>= -180 and <= 180), "-180 to 180, with the latitude.")
            .Check("photos", (body.Photos ?? []).Count <= 9 && (body.Photos ?? []).All(photo => photo is { Length: > 0 and <= 200 }), "At most nine references of photos.")
            .Check("also", (body.Also ?? []).Count <= 10 && (body.Also ?? []).All(one => one is { Length: > 0 and <= 200 }), "Other visits to the same family that this one serves too.");
    }

    private static bool Fits(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MostText;

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "visit.notFound", "There is no such visit.");
}

/// <summary>A visit with its reports.</summary>
public sealed record HomeVisitView(HomeVisit Visit, IReadOnlyList<HomeReport> Reports);

/// <summary>A visit that is asked for.</summary>
public sealed record NewVisit(string? PersonId, DateOnly? DueOn, string? Reason);

/// <summary>A report as it is handed in.</summary>
/// <param name="VisitedBy">Who was there, when an application reports it.</param>
/// <param name="Changes">What has changed, each with its kind.</param>
/// <param name="Danger">What danger somebody is in; it goes to the hotline at once.</param>
/// <param name="Also">Other visits to the same family that this one serves too.</param>
public sealed record NewReport(
    VisitOutcome? Outcome, VisitMode? Mode, DateTimeOffset? VisitedAt, string? VisitedBy, string? Situation, string? Needs, IReadOnlyList<SeenChange>? Changes, string? Danger, bool PolicyExplained,
    double? Latitude, double? Longitude, IReadOnlyList<string>? Photos, IReadOnlyList<string>? Also)
{
    /// <summary>It as an entry; it has been looked through.</summary>
    public ReportEntry ToEntry(string visitId, string visitedBy) => new()
    {
        VisitId = visitId, Also = Also ?? [], Outcome = Outcome!.Value, Mode = Mode!.Value, VisitedBy = visitedBy, VisitedAt = VisitedAt!.Value.ToUniversalTime(), Situation = Situation, Needs = Needs,
        Changes = Changes ?? [], Danger = Danger, PolicyExplained = PolicyExplained, Place = Latitude is { } north && Longitude is { } east ? (north, east) : null, Photos = Photos ?? []
    };
}

/// <summary>The receipt of a report.</summary>
/// <param name="RemoteGround">Why a call counts, when it was one.</param>
/// <param name="Flagged">Whether it was marked because of too many visits in too short a time.</param>
public sealed record TakenReport(string ReportId, RemoteGround? RemoteGround, bool Flagged);
