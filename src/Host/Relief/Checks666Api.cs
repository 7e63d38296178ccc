using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.SixChecks;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>The 666 check (P19, 六查六看六落实): begun for a township, looked at as six rows with their actions.</summary>
internal static class Checks666Api
{
    public static void MapChecks666(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/checks666").WithTags("Visits").RequireAuthorization(Policies.See);
        group.MapPost("/", Begin).WithSummary("Begin a township's 666 checks: from a month on, period by period, or one that is ordered now")
            .WithDescription("With a month the regular checks begin, and each begins the next; begun again nothing is doubled. Without one a check beside them begins at once.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapGet("/", List).WithSummary("A township's checks, newest first");
        group.MapGet("/{id}", Find).WithSummary("A check as six rows, reckoned from its sheets and actions, with the actions").Refuses(404);
        group.MapGet("/{id}/items/{item:int}/subjects", Subjects).WithSummary("Whom an item looks at, those about whom the records show something first").Refuses(404);
    }

    private static async Task<Results<Accepted<BegunCheck>, ProblemHttpResult>> Begin(ReliefRecords records, NewCheck body, HttpContext context, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var (first, isMonth) = (new DateOnly(today.Year, today.Month, 1), DateOnly.TryParseExact(body.From + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month));
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("townshipCode", (await new AreaQueries(db).ChainOf(body.TownshipCode ?? "", cancellationToken)) is [{ Level: AreaLevel.Township }, ..], "The code of a township or street that is kept here.")
            .Check("from", body.From is null || (isMonth && month >= first && month <= first.AddMonths(12)), "A month such as 2026-04, this one or one of the next twelve; left out for a check that is ordered now.");
        if (fields.Refused is { } refused)
            return refused;
        var (id, key, input) = body.From is null ? Ordered(body.TownshipCode!, today, RepeatedRequests.IdOf(context, "check666")) : OpenCheck.Of(body.TownshipCode!, month);
        await records.Flows.Start(new StartInstance("procedure.check666", FlowJson.Of(input), context.User.By()) { InstanceId = id, CorrelationId = key, BusinessKey = key }, cancellationToken);
        var runId = key[CheckBook.Chain("").Length..];
        return TypedResults.Accepted($"/api/v1/checks666/{runId}", new BegunCheck(runId));
    }

    private static (Guid Id, string Key, object Input) Ordered(string townshipCode, DateOnly today, Guid id)
    {
        var runId = id.ToString("N");
        return (id, CheckBook.Chain(runId), new { runId, townshipCode, period = today.ToString("yyyy-MM", CultureInfo.InvariantCulture), ordered = true });
    }

    private static async Task<Ok<Listing<CheckRun>>> List(ReliefRecords records, string township, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<CheckRun>(await new CheckQueries(db).Of(township, cancellationToken)));
    }

    private static async Task<Results<Ok<CheckRunView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new CheckQueries(db);
        return await new CheckBook(db).Find(id, cancellationToken) is { } run
            ? TypedResults.Ok(new CheckRunView(run, await queries.Report(id, cancellationToken), await queries.Actions(id, cancellationToken)))
            : NotFound();
    }

    private static async Task<Results<Ok<Listing<CheckSubject>>, ProblemHttpResult>> Subjects(ReliefRecords records, string id, int item, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return item is < 1 or > CheckBook.Items || await new CheckBook(db).Find(id, cancellationToken) is null
            ? NotFound()
            : TypedResults.Ok(new Listing<CheckSubject>(await new CheckQueries(db).Subjects(CheckBook.SheetOf(id, item), cancellationToken)));
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "check666.notFound", "There is no such check.");
}

/// <summary>A township's checks.</summary>
/// <param name="From">The month with which the regular checks begin; left out for one that is ordered now.</param>
public sealed record NewCheck(string? TownshipCode, string? From);

/// <summary>A check that has begun, or waits for its month.</summary>
public sealed record BegunCheck(string RunId);

/// <summary>A check as it stands.</summary>
/// <param name="Rows">One for each of the six items.</param>
public sealed record CheckRunView(CheckRun Run, IReadOnlyList<CheckRow> Rows, IReadOnlyList<CheckAction> Actions);
