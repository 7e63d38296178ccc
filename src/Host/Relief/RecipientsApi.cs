using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Who comes and goes (动态管理, P12): the daily watch of a county, each month's new entrants, and the month's figures of every township.</summary>
internal static class RecipientsApi
{
    public static void MapRecipients(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Dynamic").RequireAuthorization(Policies.See);
        group.MapPost("/recipients/watch", Watch).WithSummary("Begin a county's daily watch: birthdays, certificates, re-checks and each month's new entrants; it goes on by itself from month to month")
            .RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/recipients/movement", Movement).WithSummary("Opening, newly included, moved, ended and closing of each township in a month, reckoned from the dated records that the caller may see").Refuses(422);
        group.MapGet("/new-entrants", Lists).WithSummary("A county's lists of new entrants, newest month first");
        group.MapGet("/new-entrants/{id}", Find).WithSummary("A month's new entrants with what came of each contact").Refuses(404);
    }

    private static async Task<IResult> Watch(ReliefRecords records, WatchedCounty body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (new Fields().Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.").Refused is { } refused)
            return refused;
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var (id, key, input) = WatchCounty.OfMonth(body.CountyCode!, new DateOnly(today.Year, today.Month, 1));
        return await records.Flows.Begin(new StartInstance("procedure.dynamic", FlowJson.Of(input), context.User.By()) { InstanceId = id, CorrelationId = key, BusinessKey = key }, context, cancellationToken);
    }

    private static async Task<Results<Ok<RecipientMovement>, ProblemHttpResult>> Movement(ReliefRecords records, string county, string month, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var areas = new AreaQueries(db);
        var isMonth = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        var fields = new Fields()
            .Check("county", await areas.IsCounty(county, cancellationToken), "The code of a county that is kept here.")
            .Check("month", isMonth && first.Year is >= 2000 and <= 2100, "A month, as 2026-05.");
        if (fields.Refused is { } refused)
            return refused;
        var townships = await new RecipientQueries(db).Month(county, await areas.Townships(county, cancellationToken), first, cancellationToken);
        return TypedResults.Ok(new RecipientMovement(county, month, townships, townships.All(one => one.Holds)));
    }

    private static async Task<Ok<Listing<EntrantList>>> Lists(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<EntrantList>(await new EntrantBook(db).Of(county, cancellationToken)));
    }

    private static async Task<Results<Ok<EntrantMonth>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var book = new EntrantBook(db);
        return await book.Find(id, cancellationToken) is { } list
            ? TypedResults.Ok(new EntrantMonth(list, await book.People(id, cancellationToken)))
            : Refusal.Of(404, "newEntrants.notFound", "There is no such list.");
    }
}

/// <summary>A county that is to be watched.</summary>
public sealed record WatchedCounty(string? CountyCode);

/// <summary>What came and went in a county in a month.</summary>
/// <param name="Townships">Each township.</param>
/// <param name="Holds">Whether opening and what came and went make the closing everywhere (INV-28).</param>
public sealed record RecipientMovement(string CountyCode, string Month, IReadOnlyList<RecipientMonth> Townships, bool Holds);

/// <summary>A month's new entrants.</summary>
public sealed record EntrantMonth(EntrantList List, IReadOnlyList<Entrant> Entrants);
