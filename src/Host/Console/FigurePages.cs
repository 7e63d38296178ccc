using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>Statistics for who works with them: a month's, quarter's or year's sheet, each figure opened to its records, and a city's counties side by side.</summary>
internal static class FigurePages
{
    private const int PerPage = 50;

    private static readonly string[] Sides =
        ["services.plural", "visits.all", "services.all", "persons.served", "orders.all", "decisions.confirmed", "decisions.denied", "discoveries.all", "cases.share", "spotChecks.share", "requests.share", "tickets.all", "alerts.true", "money.spent", "settlement.paid"];

    public static void MapFigurePages(this RouteGroupBuilder figures)
    {
        figures.MapGet("/", Sheet);
        figures.MapGet("/sheet.csv", Csv);
        figures.MapGet("/city", City);
        figures.MapGet("/{key}", One);
        figures.MapGet("/{key}/chart", Chart);
        figures.MapReportPages();
    }

    private static async Task<IResult> Sheet(FigureDesk desk, HttpContext context, [AsParameters] ShownScope asked)
    {
        if (await asked.Of(desk, context) is not { } shown)
            return Doorway.Missing(context);
        var values = await desk.Reckon((queries, token) => queries.Sheet(FigureList.All, shown.Scope, token), context.RequestAborted);
        return Doorway.Page<FigureSheetPage>(context, new FigureSheetModel(shown, [.. FigureList.All.Zip(values, (figure, value) => (figure, value.Value))]));
    }

    private static async Task<IResult> Csv(FigureDesk desk, HttpContext context, [AsParameters] ShownScope asked) =>
        await asked.Of(desk, context) is { } shown ? await FigureFiles.Sheet(desk, shown.Scope, shown.Area.Level == AreaLevel.Township ? shown.Area.Code : null, context.RequestAborted) : Doorway.Missing(context);

    private static async Task<IResult> One(FigureDesk desk, HttpContext context, string key, string? after, [AsParameters] ShownScope asked)
    {
        if (FigureList.Find(key) is not { } figure)
            return Doorway.Missing(context);
        if (await asked.Of(desk, context) is not { } shown)
            return Doorway.Missing(context);
        var stop = context.RequestAborted;
        var (value, records) = await desk.Reckon(async (queries, token) => (await queries.Of(figure, shown.Scope, token), await queries.Records(figure, shown.Scope, after, PerPage + 1, token)), stop);
        await using var db = desk.Records.ReadingAll();
        var names = await new AreaQueries(db).Names([.. value.Parts.Select(part => part.AreaCode), .. records.Select(record => record.AreaCode)], stop);
        return Doorway.Page<FigurePage>(context, new FigureModel(shown, figure, value, [.. records.Take(PerPage)], records.Count > PerPage ? records[PerPage - 1].Id : null, names));
    }

    private static async Task<IResult> Chart(FigureDesk desk, HttpContext context, string key, [AsParameters] ShownScope asked)
    {
        if (FigureList.Find(key) is not { } figure || await asked.Of(desk, context) is not { } shown)
            return Results.NotFound();
        // A month stands among the months of its year.
        var year = shown.Scope with { From = new DateOnly(shown.Scope.From.Year, 1, 1), To = new DateOnly(shown.Scope.From.Year, 12, 31) };
        var months = await desk.Reckon((queries, token) => queries.Months(figure, year, token), context.RequestAborted);
        return Results.Json(new { months = months.Select(month => new { name = month.From.ToString("MM", System.Globalization.CultureInfo.InvariantCulture), value = month.Value ?? 0 }) });
    }

    private static async Task<IResult> City(FigureDesk desk, HttpContext context, string? city, string? period)
    {
        var stop = context.RequestAborted;
        var cities = (await desk.Areas([AreaLevel.City], stop)).Where(area => desk.Guides(area.Code)).ToList();
        if (cities.Find(area => area.Code == (city ?? area.Code)) is not { } guided)
            return Doorway.Missing(context);
        await using var db = desk.Records.ReadingAll();
        var queries = new CityQueries(db);
        var span = ShownPeriod.Of(period, ChinaTime.DayOf(Doorway.VisitorOf(context).Now));
        List<(AreaUnit County, IReadOnlyList<FigureValue> Values)> sides = [];
        foreach (var county in await queries.Counties(guided.Code, stop))
            sides.Add((county, await new FigureQueries(db).Sheet(Sides.Select(key => FigureList.Find(key)!), new FigureScope(county.Code, span.From, span.To), stop)));
        return Doorway.Page<CityPage>(context, new CityModel
        {
            City = guided, Cities = cities, Period = span, Counties = sides, Urgings = await queries.Urgings(guided.Code, stop), Adjustments = await queries.Adjustments(guided.Code, stop),
            Summaries = await queries.Summaries(guided.Code, stop), Published = await queries.Published([.. sides.Select(side => side.County.Code)], stop)
        });
    }
}

/// <summary>A sheet: figures in their order.</summary>
public sealed record FigureSheetModel(ShownFigures Shown, IReadOnlyList<(Figure Figure, decimal? Value)> Figures)
{
    private static readonly string[] First = ["services.plural", "visits.all", "persons.served", "discoveries.all", "spotChecks.share", "money.spent"];

    public IEnumerable<(Figure Figure, decimal? Value)> Tiles => First.Select(key => Figures.First(one => one.Figure.Key == key));

    public IEnumerable<IGrouping<string, (Figure Figure, decimal? Value)>> Groups => Figures.GroupBy(one => one.Figure.Group);
}

/// <summary>A figure, opened.</summary>
/// <param name="Next">After which record the next page begins; null on the last.</param>
public sealed record FigureModel(ShownFigures Shown, Figure Figure, FigureValue Value, IReadOnlyList<FigureRecord> Records, string? Next, IReadOnlyDictionary<string, string> Names)
{
    public string NameOf(string areaCode) => Names.GetValueOrDefault(areaCode, areaCode);
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
}
