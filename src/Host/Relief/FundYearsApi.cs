using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.FundYears;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>A county's years of money: opening one, where its accounts stand and will stand, and what is open at its close.</summary>
internal static class FundYearsApi
{
    private const int MostReservations = 100;

    public static void MapFundYears(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/funds/years").WithTags("Funds").RequireAuthorization(Policies.See);
        group.MapPost("/", Open).WithSummary("Open a county's year of money: empty accounts as in the year before, checked every morning; its open reservations are decided on and settled at its close")
            .RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/{id}", Find).WithSummary("A year of money, named by county and year as 999900-2026, with each account's balance, forecast and daily check").Refuses(404);
        group.MapGet("/{id}/reservations", Reservations).WithSummary("What is still set aside on a year's accounts, by reservation, with what is decided for it").Refuses(404, 422);
    }

    private static async Task<IResult> Open(ReliefRecords records, NewFundYear body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var today = ChinaTime.DayOf(await records.Now(cancellationToken));
        var fields = new Fields()
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("fiscalYear", body.FiscalYear >= today.Year - 1 && body.FiscalYear <= today.Year + 1, $"Last year, this one or the next: {today.Year - 1} to {today.Year + 1}.");
        if (fields.Refused is { } refused)
            return refused;
        var (id, key, input) = OpenFundYear.OfYear(body.CountyCode!, body.FiscalYear!.Value, context.User.By());
        return await records.Flows.Begin(new StartInstance("procedure.fund.year", FlowJson.Of(input), context.User.By()) { InstanceId = id, CorrelationId = key, BusinessKey = key }, context, cancellationToken);
    }

    private static async Task<Results<Ok<FundYearView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var queries = new FundYearQueries(db);
        return await queries.Find(id, cancellationToken) is { } year
            ? TypedResults.Ok(new FundYearView(year, await queries.Forecast(year.CountyCode, year.Year, cancellationToken)))
            : NotFound();
    }

    private static async Task<Results<Ok<OpenReservations>, ProblemHttpResult>> Reservations(ReliefRecords records, string id, string? after, int? take, CancellationToken cancellationToken)
    {
        var most = take ?? MostReservations;
        if (new Fields().Check("take", most is >= 1 and <= MostReservations, "1 to 100.").Refused is { } wrong)
            return wrong;
        await using var db = records.Reading();
        var queries = new FundYearQueries(db);
        if (await queries.Find(id, cancellationToken) is not { } year)
            return NotFound();
        var found = await queries.Open(year, after ?? "", most, cancellationToken);
        return TypedResults.Ok(new OpenReservations(found, found.Count == most ? found[^1].Id : null));
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "fundYear.notFound", "There is no such year of money: open it first.");
}

/// <summary>A year of money to open.</summary>
/// <param name="CountyCode">The county.</param>
/// <param name="FiscalYear">The calendar year: the last, this one or the next.</param>
public sealed record NewFundYear(string? CountyCode, int? FiscalYear);

/// <summary>A year of money.</summary>
/// <param name="Year">The year with its decision and its close.</param>
/// <param name="Accounts">Its accounts, F1 to F8.</param>
public sealed record FundYearView(FundYear Year, IReadOnlyList<FundForecast> Accounts);

/// <summary>What is still set aside.</summary>
/// <param name="Items">By reservation.</param>
/// <param name="Next">What to ask for after; null when these are the last.</param>
public sealed record OpenReservations(IReadOnlyList<OpenReservation> Items, string? Next);
