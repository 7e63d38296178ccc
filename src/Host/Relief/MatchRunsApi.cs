using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Data matches (P17): runs, the partners' files, hits and what came of them. Whoever looks at hits is kept in the run's audit trail.</summary>
internal static class MatchRunsApi
{
    public static void MapMatchRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Matching").RequireAuthorization(Policies.See);
        group.MapPost("/match-runs", Begin).WithSummary("Begin a match beside the monthly one, by the newest rules")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(409, 422);
        group.MapGet("/match-runs", List).WithSummary("A county's runs, newest first");
        group.MapGet("/match-runs/{id}", Find).WithSummary("A run with what it waits for and what came of it, reckoned from the hits themselves").Refuses(404);
        group.MapPost("/match-runs/{id}/files", Take).WithSummary("Hand in a partner's data set or ready hit list as comma-separated values in UTF-8")
            .WithDescription("The first line names the columns: idNumber or pseudonym, and eventOn, areaCode, reference. A bad row is refused with line, column and reason and the rest goes on. "
                + "The same file again gives the first receipt, and a row that is there already is not taken twice.")
            .Accepts<string>("text/csv", "*/*").RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Never, new RequestSizeLimitAttribute(DatasetDoor.Largest)).Refuses(404, 409, 413, 422);
        group.MapGet("/match-runs/{id}/refusals", Refusals).WithSummary("The rows that were refused, file by file: line, column, reason").Refuses(404);
        group.MapGet("/match-runs/{id}/hits", Hits).WithSummary("A run's hits, of one class and state when asked; that they were looked at is kept").Refuses(404);
        group.MapPost("/match-hits/{id}/corrected", Correct).WithSummary("The wrong data that a hit of class D tells of was put right")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Results<Accepted<BegunRun>, ProblemHttpResult>> Begin(ReliefRecords records, NewRun body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("countyCode", body.CountyCode is { Length: > 0 and <= 12 }, "The county's code.").Refused is { } refused)
            return refused;
        var id = RepeatedRequests.IdOf(context, "match");
        var (runId, deed) = (id.ToString("N"), new Deed(context.User.By(), await records.Now(cancellationToken), id.ToString("N")));
        var period = ChinaTime.DayOf(deed.At).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        // It is there before its procedure, so that files can be handed in at once.
        if (await records.Change(db => new RunBook(db).Open((runId, body.CountyCode!, period, Monthly: false), deed, cancellationToken), cancellationToken) is null)
            return Refusal.Of(409, "match.noRules", "The county has no rules yet; set them first.");
        await records.Flows.Start(new StartInstance("procedure.datamatch", FlowJson.Of(new { runId, countyCode = body.CountyCode, period, monthly = false }), context.User.By())
        {
            InstanceId = id, CorrelationId = RunBook.Chain(runId), BusinessKey = RunBook.Chain(runId)
        }, cancellationToken);
        return TypedResults.Accepted($"/api/v1/match-runs/{runId}", new BegunRun(runId));
    }

    private static async Task<Ok<Listing<MatchRun>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<MatchRun>(await new MatchQueries(db).Of(county, cancellationToken)));
    }

    private static async Task<Results<Ok<MatchRunView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new RunBook(db).Find(id, cancellationToken) is not { } run)
            return NotFound();
        // Figures are sums over the whole county; whoever sees the run sees them.
        await using var all = records.ReadingAll();
        var queries = new MatchQueries(all);
        return TypedResults.Ok(new MatchRunView(run, await queries.Awaited(run, cancellationToken), await queries.Figures(run, cancellationToken)));
    }

    private static Task<Results<Ok<DatasetReceipt>, ProblemHttpResult>> Take(DatasetDoor door, string id, [AsParameters] SentData data, HttpContext context, CancellationToken cancellationToken) =>
        door.Take(id, data, context, cancellationToken);

    private static async Task<Results<Ok<Listing<MatchRefusal>>, ProblemHttpResult>> Refusals(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new RunBook(db).Find(id, cancellationToken) is null ? NotFound() : TypedResults.Ok(new Listing<MatchRefusal>(await new MatchQueries(db).Refusals(id, cancellationToken)));
    }

    private static async Task<Results<Ok<Listing<MatchHit>>, ProblemHttpResult>> Hits(ReliefRecords records, string id, [AsParameters] WantedHits wanted, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new RunBook(db).Find(id, cancellationToken) is null)
            return NotFound();
        var hits = await new MatchQueries(db).Hits(id, wanted.Warning, wanted.Status, cancellationToken);
        var deed = await records.DeedOf(context.User.By(), cancellationToken);
        await records.Change(changing => new RunBook(changing).Seen(id, new { wanted.Warning, wanted.Status, shown = hits.Count }, deed, cancellationToken), cancellationToken);
        return TypedResults.Ok(new Listing<MatchHit>(hits));
    }

    private static async Task<Results<Ok<MatchHit>, ProblemHttpResult>> Correct(ReliefRecords records, string id, Correction body, HttpContext context, CancellationToken cancellationToken)
    {
        if (new Fields().Check("finding", body.Finding is { Length: > 0 and <= 1000 }, "What was put right, 1 to 1000 characters.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new HitBook(db).Find(id, cancellationToken) is not { } hit)
            return Refusal.Of(404, "match.hitNotFound", "There is no such hit.");
        if (hit.Status != HitStatus.Listed)
            return Refusal.Of(409, "match.hitNotListed", "The hit is not in the list of wrong data, or was put right before.");
        var deed = await records.DeedOf(context, cancellationToken);
        return TypedResults.Ok(await records.Change(async changing =>
        {
            await new HitBook(changing).Settle(id, HitStatus.Corrected, body.Finding!, deed, cancellationToken);
            return await new HitBook(changing).Get(id, cancellationToken);
        }, cancellationToken));
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "match.notFound", "There is no such run.");
}

/// <summary>A match beside the monthly one.</summary>
public sealed record NewRun(string? CountyCode);

/// <summary>A match that has begun.</summary>
public sealed record BegunRun(string RunId);

/// <summary>A run as it stands.</summary>
/// <param name="Awaited">The data sets that its rules ask for, with what has come of each.</param>
public sealed record MatchRunView(MatchRun Run, IReadOnlyList<AwaitedData> Awaited, MatchFigures Figures);

/// <summary>What the bytes are.</summary>
/// <param name="DataSet">The code of the data set.</param>
/// <param name="Version">The partner's own name of this state of its data.</param>
/// <param name="Form">DataSet unless it is a HitList, in which every row is a hit and names its village.</param>
public sealed record SentData(string DataSet, string Version, FileForm? Form);

/// <summary>Which hits are wanted; all unless something is named.</summary>
public sealed record WantedHits(WarningClass? Warning, HitStatus? Status);

/// <summary>What was put right.</summary>
public sealed record Correction(string? Finding);

/// <summary>What became of a file.</summary>
/// <param name="Accepted">Rows that it brought.</param>
/// <param name="Repeated">Rows that were there already.</param>
/// <param name="Refused">Rows that were refused.</param>
/// <param name="Refusals">The first hundred of these.</param>
public sealed record DatasetReceipt(string FileId, string DataSet, int Accepted, int Repeated, int Refused, IReadOnlyList<RowFault> Refusals);
