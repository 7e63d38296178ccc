using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Rounds of visits (P18): a county begins them once, and each unit's compliance is reckoned from the visits themselves.</summary>
internal static class VisitRoundsApi
{
    private static readonly VisitDuty[] Duties = [VisitDuty.Village, VisitDuty.Street, VisitDuty.Elderly];

    public static void MapVisitRounds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/visit-rounds").WithTags("Visits").RequireAuthorization(Policies.See);
        group.MapPost("/", Begin).WithSummary("Begin a county's rounds of visits: from a month on, each month for the villages, each half-year for the streets")
            .WithDescription("From then on each round begins the next by itself. Begun again, what runs goes on and nothing is doubled.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapGet("/", List).WithSummary("A county's rounds, newest first");
        group.MapGet("/{id}", Find).WithSummary("A round with how each unit keeps to it, reckoned from the visits that the caller may see").Refuses(404);
    }

    private static async Task<Results<Accepted<BegunRounds>, ProblemHttpResult>> Begin(ReliefRecords records, NewRounds body, HttpContext context, CancellationToken cancellationToken)
    {
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var isMonth = DateOnly.TryParseExact(body.From + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month);
        var first = new DateOnly(today.Year, today.Month, 1);
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("from", isMonth && month >= first && month <= first.AddMonths(12), "A month such as 2026-04, this one or one of the next twelve.");
        if (fields.Refused is { } refused)
            return refused;
        List<string> begun = [];
        foreach (var duty in Duties)
        {
            var period = RoundTimes.PeriodOf(duty, month);
            var (id, key, input) = OpenVisitRound.Of(body.CountyCode!, duty, period);
            await records.Flows.Start(new StartInstance("procedure.visits", FlowJson.Of(input), context.User.By()) { InstanceId = id, CorrelationId = key, BusinessKey = key }, cancellationToken);
            begun.Add(RoundBook.IdOf(body.CountyCode!, duty, period));
        }

        return TypedResults.Accepted($"/api/v1/visit-rounds?county={body.CountyCode}", new BegunRounds(begun));
    }

    private static async Task<Ok<Listing<VisitRound>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<VisitRound>(await new RoundQueries(db).Of(county, cancellationToken)));
    }

    private static async Task<Results<Ok<RoundView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new RoundBook(db).Find(id, cancellationToken) is not { } round)
            return Refusal.Of(404, "visit.roundNotFound", "There is no such round.");
        var queries = new RoundQueries(db);
        return TypedResults.Ok(new RoundView(round, await queries.Units(round, round.Duty, cancellationToken), await queries.Units(round, VisitDuty.Grid, cancellationToken)));
    }
}

/// <summary>A county's rounds.</summary>
/// <param name="From">The month with which they begin; the half-year is the one it lies in.</param>
public sealed record NewRounds(string? CountyCode, string? From);

/// <summary>The rounds that begin.</summary>
public sealed record BegunRounds(IReadOnlyList<string> Rounds);

/// <summary>A round as it stands.</summary>
/// <param name="Units">How each village, or each township for the street's duty, keeps to it.</param>
/// <param name="Grid">How it is with visits that were asked for on their own.</param>
public sealed record RoundView(VisitRound Round, IReadOnlyList<UnitCompliance> Units, IReadOnlyList<UnitCompliance> Grid);
