using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>A city over its counties: their figures side by side, and urging (催办), which is written, looked at once more and then sent.</summary>
internal static class CityPages
{
    private static readonly string[] Sides =
        ["services.plural", "visits.all", "services.all", "persons.served", "orders.all", "decisions.confirmed", "decisions.denied", "discoveries.all", "cases.share", "spotChecks.share", "requests.share", "tickets.all", "alerts.true", "money.spent", "settlement.paid"];

    public static void MapCityPages(this RouteGroupBuilder figures)
    {
        figures.MapGet("/city", (FigureDesk desk, HttpContext context, [AsParameters] AskedCity asked) => Show(desk, context, asked, UrgingDraft.Blank));
        figures.MapPost("/city/urgings", Urge);
    }

    private static async Task<IResult> Show(FigureDesk desk, HttpContext context, AskedCity asked, UrgingDraft draft)
    {
        var stop = context.RequestAborted;
        var cities = (await desk.Areas([AreaLevel.City], stop)).Where(area => desk.Guides(area.Code)).ToList();
        if (cities.Find(area => area.Code == (asked.City ?? area.Code)) is not { } guided)
            return Doorway.Missing(context);
        await using var db = desk.Records.ReadingAll();
        var (queries, figures) = (new CityQueries(db), new FigureQueries(db));
        var span = ShownPeriod.Of(asked.Period, ChinaTime.DayOf(Doorway.VisitorOf(context).Now));
        List<(AreaUnit County, IReadOnlyList<FigureValue> Values)> sides = [];
        foreach (var county in await queries.Counties(guided.Code, stop))
            sides.Add((county, await figures.Sheet(Sides.Select(key => FigureList.Find(key)!), new FigureScope(county.Code, span.From, span.To), stop)));
        var townships = (await new AreaQueries(db).AboveVillages(stop)).ToLookup(area => area.ParentCode);
        return Doorway.Page<CityPage>(context, new CityModel
        {
            City = guided, Cities = cities, Period = span, Counties = sides, Urgings = await queries.Urgings(guided.Code, stop), Adjustments = await queries.Adjustments(guided.Code, stop),
            Summaries = await queries.Summaries(guided.Code, stop), Published = await queries.Published([.. sides.Select(side => side.County.Code)], stop),
            Units = [.. sides.SelectMany(side => townships[side.County.Code].Prepend(side.County))], Draft = draft, Did = asked.Did == "urged" ? "city.urged" : null
        }, draft.Refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    // What is looked through is shown once more; only what was seen so is sent.
    private static async Task<IResult> Urge(FigureDesk figures, UrgingDesk desk, HttpContext context)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        if (!visitor.May(Policies.Work))
            return Doorway.NotAllowed(context);
        var form = await context.Request.ReadFormAsync(stop);
        var period = ShownPeriod.Of(form["period"], ChinaTime.DayOf(visitor.Now));
        var here = new AskedCity { City = form["city"].ToString(), Period = period.Text };
        var draft = UrgingDraft.Of(form, period);
        var id = InstanceIds.Of($"urging:page:{visitor.By}:{draft.Number}");
        var (asked, refused) = await desk.Look(here.City, draft.Body, new Deed(visitor.By, await figures.Records.Now(stop), id.ToString("N")), stop);
        if (asked is null || form["confirmed"] != "yes")
            return await Show(figures, context, here, draft with { Asked = asked, Refused = refused });
        return await desk.Ask(asked, id, context, stop) is ProblemHttpResult notBegun
            ? await Show(figures, context, here, draft with { Refused = notBegun })
            : Doorway.Onwards(context, "console/figures/city" + Doorway.Query(("city", here.City), ("period", period.Text), ("did", "urged")) + "#urgings-head");
    }
}

/// <summary>Which city is looked at, as the address says.</summary>
public sealed record AskedCity
{
    [FromQuery(Name = "city")] public string? City { get; init; }

    /// <summary>Such as 2026-04, 2026-Q2 or 2026.</summary>
    [FromQuery(Name = "period")] public string? Period { get; init; }

    [FromQuery(Name = "did")] public string? Did { get; init; }
}

/// <summary>An urging that is being written.</summary>
/// <param name="Body">What was typed.</param>
/// <param name="Number">The form's own number: sent twice it is one urging.</param>
public sealed record UrgingDraft(NewUrging Body, string Number)
{
    /// <summary>What it comes to, for the last look; null while it is written.</summary>
    public Urging? Asked { get; init; }

    /// <summary>Why it cannot be sent.</summary>
    public ProblemHttpResult? Refused { get; init; }

    /// <summary>The key of that in words.</summary>
    public string? Problem => Refused is null ? null : Doorway.TextOf(Refused, "city");

    /// <summary>Nothing typed yet.</summary>
    public static UrgingDraft Blank => new(new NewUrging(null, null, null, null, null), Guid.NewGuid().ToString("N"));

    /// <summary>What a form says; a figure is that of the period shown.</summary>
    public static UrgingDraft Of(IFormCollection form, ShownPeriod period)
    {
        var figure = form["figure"].ToString() is { Length: > 0 } key ? key : null;
        return new UrgingDraft(new NewUrging(form["unit"], figure, figure is null ? null : period.From, figure is null ? null : period.To, form["wording"]), form["number"].ToString() is { Length: > 0 and <= 40 } number ? number : Blank.Number);
    }
}

/// <summary>A city over its counties.</summary>
public sealed record CityModel
{
    public required AreaUnit City { get; init; }

    public required IReadOnlyList<AreaUnit> Cities { get; init; }

    public required ShownPeriod Period { get; init; }

    public required IReadOnlyList<(AreaUnit County, IReadOnlyList<FigureValue> Values)> Counties { get; init; }

    public required IReadOnlyList<Urging> Urgings { get; init; }

    public required IReadOnlyList<ItemAdjustment> Adjustments { get; init; }

    public required IReadOnlyList<GuidanceSummary> Summaries { get; init; }

    public required IReadOnlyList<PublishedCase> Published { get; init; }

    /// <summary>Who may be urged: each county, and its townships after it.</summary>
    public required IReadOnlyList<AreaUnit> Units { get; init; }

    /// <summary>What is being written.</summary>
    public required UrgingDraft Draft { get; init; }

    /// <summary>The key of what was done.</summary>
    public string? Did { get; init; }

    /// <summary>The name of a county or township.</summary>
    public string NameOf(string code) => Units.FirstOrDefault(unit => unit.Code == code)?.Name ?? code;
}
