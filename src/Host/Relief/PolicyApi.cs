using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What policy sets where and when, and which days are worked.</summary>
internal static class PolicyApi
{
    public static void MapPolicy(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/parameters", Parameters).WithTags("Relief").WithSummary("The policy parameters that hold in an area on a day").RequireAuthorization(Policies.See);
        routes.MapGet("/calendar", Calendar).WithTags("Relief").WithSummary("Which days of a span are worked in a county").RequireAuthorization(Policies.See).Refuses(422);
    }

    private static async Task<Ok<ParameterList>> Parameters(ReliefRecords records, string? area, DateOnly? on, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var day = on ?? ChinaTime.DayOf(await records.Now(cancellationToken));
        return TypedResults.Ok(new ParameterList(await new ParameterQueries(db).All(area ?? ParameterQueries.Everywhere, day, cancellationToken)));
    }

    private static async Task<Results<Ok<CalendarSpan>, ProblemHttpResult>> Calendar(
        ReliefRecords records, string county, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        if (new Fields().Check("to", to >= from && to.DayNumber - from.DayNumber <= 400, "After from, at most 400 days.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        var calendar = await new CalendarBook(db).Of(county, cancellationToken);
        var days = Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);
        return TypedResults.Ok(new CalendarSpan(county, calendar.Version, [.. days.Select(day => new CalendarDay(day, calendar.IsWorking(day)))]));
    }
}

public sealed record ParameterList(IReadOnlyList<PolicyParameter> Items);

public sealed record CalendarSpan(string County, int Version, IReadOnlyList<CalendarDay> Days);

public sealed record CalendarDay(DateOnly Day, bool Working);
