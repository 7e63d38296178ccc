using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>Statistics for who works with them: a month's, quarter's or year's sheet, and each figure opened to its records.</summary>
internal static class FigurePages
{
    private const int PerPage = 50;

    public static void MapFigurePages(this RouteGroupBuilder figures)
    {
        figures.MapGet("/", Sheet);
        figures.MapGet("/sheet.csv", Csv);
        figures.MapGet("/{key}", One);
        figures.MapGet("/{key}/chart", Chart);
        figures.MapReportPages();
        figures.MapCityPages();
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
