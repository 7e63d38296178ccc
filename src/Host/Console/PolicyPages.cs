using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>What policy sets, and which days are worked; changed here by those who govern.</summary>
internal static class PolicyPages
{
    public static void MapPolicyPages(this RouteGroupBuilder console)
    {
        console.MapGet("/policy", (PolicyDesk desk, HttpContext context, [AsParameters] AskedPolicy asked) => Show(desk, context, asked, null));
        console.MapPost("/policy/parameters", SetParameter);
        console.MapPost("/policy/days", SetDay);
    }

    private static async Task<IResult> Show(PolicyDesk desk, HttpContext context, AskedPolicy asked, ProblemHttpResult? refused)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        await using var db = desk.Records.Reading();
        var areas = new AreaQueries(db);
        var counties = await areas.Counties(stop);
        var (area, today) = (asked.Area ?? ParameterQueries.Everywhere, ChinaTime.DayOf(visitor.Now));
        var county = counties.FirstOrDefault(one => one.Code == asked.County) ?? (counties.Count > 0 ? counties[0] : null);
        var month = Doorway.DayOf(asked.Month + "-01") ?? new DateOnly(today.Year, today.Month, 1);
        return Doorway.Page<PolicyPage>(context, new PolicyModel
        {
            Area = area,
            Areas = await areas.AboveVillages(stop),
            Parameters = await new ParameterQueries(db).All(area, today, stop),
            Today = today,
            County = county,
            Counties = counties,
            Month = month,
            Calendar = county is null ? WorkingCalendar.National : await new CalendarBook(db).Of(county.Code, stop),
            Problem = refused is null ? null : Doorway.TextOf(refused, "policy"),
            Did = asked.Did is "parameter" or "day" ? "policy.did." + asked.Did : null
        }, refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> SetParameter(PolicyDesk desk, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Govern))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var area = form["area"].ToString();
        var body = new NewParameter(area == ParameterQueries.Everywhere ? null : area, form["value"].ToString().Trim(), Doorway.DayOf(form["from"]), form["basis"].ToString().Trim());
        var set = await desk.SetParameter(form["key"].ToString(), body, visitor.By, context.RequestAborted);
        return set.Result is ProblemHttpResult refused
            ? await Show(desk, context, new AskedPolicy { Area = area }, refused)
            : Doorway.Onwards(context, "console/policy" + Doorway.Query(("area", area), ("did", "parameter")));
    }

    private static async Task<IResult> SetDay(PolicyDesk desk, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Govern))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = new AskedPolicy { County = form["county"].ToString() };
        if (Doorway.DayOf(form["day"]) is not { } day)
            return await Show(desk, context, asked, new Fields().Add("day", "A day.").Refused);

        var set = await desk.SetDay(new DayOfCounty(asked.County, day), new NewWorkingDay(form["working"] == "yes", form["basis"].ToString().Trim()), visitor.By, context.RequestAborted);
        return set.Result is ProblemHttpResult refused
            ? await Show(desk, context, asked, refused)
            : Doorway.Onwards(context, "console/policy" + Doorway.Query(("county", asked.County), ("month", day.ToString("yyyy-MM", CultureInfo.InvariantCulture)), ("did", "day")) + "#calendar");
    }
}

/// <summary>Which part of policy is looked at, as the address says.</summary>
public sealed record AskedPolicy
{
    [FromQuery(Name = "area")] public string? Area { get; init; }

    [FromQuery(Name = "county")] public string? County { get; init; }

    /// <summary>Such as 2026-11.</summary>
    [FromQuery(Name = "month")] public string? Month { get; init; }

    [FromQuery(Name = "did")] public string? Did { get; init; }
}

/// <summary>What policy sets for an area, and a month of a county's calendar.</summary>
public sealed record PolicyModel
{
    public required string Area { get; init; }

    public required IReadOnlyList<AreaUnit> Areas { get; init; }

    public required IReadOnlyList<PolicyParameter> Parameters { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>Whose calendar it is; null for the national one.</summary>
    public AreaUnit? County { get; init; }

    public required IReadOnlyList<AreaUnit> Counties { get; init; }

    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }

    public required WorkingCalendar Calendar { get; init; }

    /// <summary>The key of what was wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>The key of what was done.</summary>
    public string? Did { get; init; }

    /// <summary>The month in weeks from Monday; null for days of the months beside it.</summary>
    public IEnumerable<DateOnly?[]> Weeks
    {
        get
        {
            var before = ((int)Month.DayOfWeek + 6) % 7;
            var days = Enumerable.Repeat<DateOnly?>(null, before).Concat(Enumerable.Range(0, DateTime.DaysInMonth(Month.Year, Month.Month)).Select(day => (DateOnly?)Month.AddDays(day)));
            return days.Chunk(7).Select(week => week.Length == 7 ? week : [.. week, .. Enumerable.Repeat<DateOnly?>(null, 7 - week.Length)]);
        }
    }

    /// <summary>Worked on a weekend, or free on a weekday.</summary>
    public bool IsUnusual(DateOnly day) => Calendar.IsWorking(day) == (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
}
