using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Ledgers;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>A village's working ledger, of which only the remark is typed, and the need list of any day; each sees those of their own areas.</summary>
internal static class ReportPages
{
    public static void MapReportPages(this RouteGroupBuilder figures)
    {
        figures.MapGet("/ledger", (ReliefRecords records, HttpContext context, string? village, string? did) => Ledger(records, context, village, did == "remark" ? "ledger.did" : null, null));
        figures.MapGet("/ledger.csv", LedgerFile);
        figures.MapPost("/ledger", Remark);
        figures.MapGet("/needs", Needs);
        figures.MapGet("/needs.csv", NeedsFile);
    }

    private static async Task<IResult> Ledger(ReliefRecords records, HttpContext context, string? village, string? did, ProblemHttpResult? refused)
    {
        var stop = context.RequestAborted;
        await using var db = records.Reading();
        var villages = await Villages(context, db);
        if (villages.Count == 0)
            return Doorway.Missing(context);
        var shown = villages.FirstOrDefault(area => area.Code == village) ?? villages[0];
        return Doorway.Page<LedgerPage>(context, new LedgerModel(shown, villages, await new LedgerQueries(db).OfVillage(shown.Code, stop), refused is null ? null : Doorway.TextOf(refused, "ledger"), did),
            refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> LedgerFile(ReliefRecords records, HttpContext context, string? village)
    {
        await using var db = records.Reading();
        return (await Villages(context, db)).FirstOrDefault(area => area.Code == village) is { } shown
            ? FigureFiles.Ledger(shown.Code, await new LedgerQueries(db).OfVillage(shown.Code, context.RequestAborted))
            : Doorway.Missing(context);
    }

    private static async Task<IResult> Remark(ReliefRecords records, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Work))
            return Doorway.NotAllowed(context);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var village = form["village"].ToString();
        return await Remarks.Set(records, form["case"].ToString(), form["remark"].ToString(), visitor.By, context.RequestAborted) is { } refused
            ? await Ledger(records, context, village, null, refused)
            : Doorway.Onwards(context, "console/figures/ledger" + Doorway.Query(("village", village), ("did", "remark")));
    }

    private static async Task<IResult> Needs(ReliefRecords records, HttpContext context, string? area, string? on)
    {
        await using var db = records.Reading();
        var (areas, shown, day) = await Asked(context, db, area, on);
        return shown is null ? Doorway.Missing(context)
            : Doorway.Page<NeedsPage>(context, new NeedsModel(shown, areas, day, await new NeedQueries(db).ListOf(shown.Code, day, context.RequestAborted)));
    }

    private static async Task<IResult> NeedsFile(ReliefRecords records, HttpContext context, string? area, string? on)
    {
        await using var db = records.Reading();
        var (_, shown, day) = await Asked(context, db, area, on);
        return shown is null ? Doorway.Missing(context) : FigureFiles.Needs(shown.Code, day, await new NeedQueries(db).ListOf(shown.Code, day, context.RequestAborted));
    }

    private static async Task<(IReadOnlyList<AreaUnit> Areas, AreaUnit? Shown, DateOnly Day)> Asked(HttpContext context, Activities.ReliefDbContext db, string? area, string? on)
    {
        var areas = await Own(context, db);
        return (areas, areas.FirstOrDefault(one => one.Code == area) ?? areas.OrderBy(one => one.Level).FirstOrDefault(), Doorway.DayOf(on) ?? ChinaTime.DayOf(Doorway.VisitorOf(context).Now));
    }

    // Whose people the visitor may see, not only whose figures.
    private static async Task<IReadOnlyList<AreaUnit>> Own(HttpContext context, Activities.ReliefDbContext db)
    {
        var seen = Seen(context);
        return [.. (await new AreaQueries(db).All(context.RequestAborted)).Where(area => area.Level is AreaLevel.County or AreaLevel.Township or AreaLevel.Village && (seen?.Contains(area.Code) ?? true))];
    }

    private static Task<IReadOnlyList<AreaUnit>> Villages(HttpContext context, Activities.ReliefDbContext db) => new AreaQueries(db).Villages(Seen(context), context.RequestAborted);

    // Null for all of them.
    private static string[]? Seen(HttpContext context) => context.RequestServices.GetRequiredService<Visibility>().Current?.Areas;
}

/// <summary>A village's ledger.</summary>
/// <param name="Problem">The key of what was wrong.</param>
/// <param name="Did">The key of what was done.</param>
public sealed record LedgerModel(AreaUnit Village, IReadOnlyList<AreaUnit> Villages, IReadOnlyList<VillageLedgerRow> Rows, string? Problem, string? Did);

/// <summary>The need list of a day.</summary>
public sealed record NeedsModel(AreaUnit Area, IReadOnlyList<AreaUnit> Areas, DateOnly On, IReadOnlyList<ListedNeed> Needs);
