using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
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
        routes.MapPut("/parameters/{key}", SetParameter).WithTags("Relief").WithSummary("Let a policy parameter hold in an area, and all below it, from a day on")
            .WithDescription("Tasks and timers that exist keep the value with which they were made.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        routes.MapGet("/calendar", Calendar).WithTags("Relief").WithSummary("Which days of a span are worked in a county").RequireAuthorization(Policies.See).Refuses(422);
        routes.MapPut("/calendar/{county}/days/{day}", SetDay).WithTags("Relief").WithSummary("Say that a county works or rests on a day; open deadlines are computed again")
            .WithDescription("The same again computes open deadlines once more and changes nothing else: repeat it when no answer came.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(404, 422);
    }

    private static async Task<Ok<ParameterList>> Parameters(ReliefRecords records, string? area, DateOnly? on, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var day = on ?? ChinaTime.DayOf(await records.Now(cancellationToken));
        return TypedResults.Ok(new ParameterList(await new ParameterQueries(db).All(area ?? ParameterQueries.Everywhere, day, cancellationToken)));
    }

    private static Task<Results<Ok<PolicyParameter>, ProblemHttpResult>> SetParameter(
        PolicyDesk desk, string key, NewParameter body, ClaimsPrincipal user, CancellationToken cancellationToken) => desk.SetParameter(key, body, user.By(), cancellationToken);

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

    private static Task<Results<Ok<WorkingDaySet>, ProblemHttpResult>> SetDay(
        PolicyDesk desk, [AsParameters] DayOfCounty at, NewWorkingDay body, ClaimsPrincipal user, CancellationToken cancellationToken) => desk.SetDay(at, body, user.By(), cancellationToken);
}

public sealed record ParameterList(IReadOnlyList<PolicyParameter> Items);

/// <summary>A policy parameter's new value.</summary>
/// <param name="AreaCode">The area it holds for, with all below it; absent for the whole installation.</param>
/// <param name="Value">As text, of the kind that the parameter counts.</param>
/// <param name="ValidFrom">The first day; the value before it ends the day before.</param>
/// <param name="Basis">The document that it rests on.</param>
public sealed record NewParameter(string? AreaCode, string? Value, DateOnly? ValidFrom, string? Basis);

public sealed record CalendarSpan(string County, int Version, IReadOnlyList<CalendarDay> Days);

public sealed record CalendarDay(DateOnly Day, bool Working);

/// <summary>A day of a county, in the address.</summary>
internal sealed record DayOfCounty(string County, DateOnly Day);

/// <summary>A day that is worked or not against the national calendar.</summary>
/// <param name="Reason">The document that it rests on.</param>
public sealed record NewWorkingDay(bool? Working, string? Reason);

/// <summary>A day as it was set.</summary>
/// <param name="Version">The county's calendar version.</param>
/// <param name="DeadlinesMoved">How many open deadlines moved.</param>
public sealed record WorkingDaySet(string County, DateOnly Day, bool Working, int Version, int DeadlinesMoved);
