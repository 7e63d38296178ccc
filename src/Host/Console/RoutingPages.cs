using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>A county's routing table, row by row: changed by a proposal, which a second person approves.</summary>
internal static class RoutingPages
{
    private static readonly char[] Between = [' ', ',', '\uff0c', '、', ';', '\uff1b', '\t', '\r', '\n'];

    public static void MapRoutingPages(this RouteGroupBuilder console)
    {
        console.MapGet("/routing", (RoutingDesk desk, HttpContext context, [AsParameters] AskedRouting asked) => Show(desk, context, asked, null));
        console.MapPost("/routing/rows", Propose);
        console.MapPost("/routing/decisions", Decide);
    }

    private static async Task<IResult> Show(RoutingDesk desk, HttpContext context, AskedRouting asked, ProblemHttpResult? refused)
    {
        var (visitor, stop) = (Doorway.VisitorOf(context), context.RequestAborted);
        await using var db = desk.Records.ReadingAll();
        var counties = await new AreaQueries(db).Counties(stop);
        var county = counties.FirstOrDefault(one => one.Code == asked.County) ?? (counties.Count > 0 ? counties[0] : null);
        var (today, queries) = (ChinaTime.DayOf(visitor.Now), new RoutingQueries(db));
        var table = await queries.On(county?.Code ?? "", today, stop);
        return Doorway.Page<RoutingPage>(context, new RoutingModel
        {
            County = county,
            Counties = counties,
            Today = today,
            Table = table,
            Facts = RoutingFacts.With(await queries.Families(county?.Code ?? "", stop)),
            Versions = await queries.Versions(county?.Code ?? "", stop),
            Row = table.Rows.FirstOrDefault(row => row.Code == asked.Row),
            Problem = refused is null ? null : TextOf(refused),
            Did = asked.Did is "proposed" or "Approved" or "Refused" ? "routing.did." + asked.Did : null
        }, refused?.StatusCode ?? StatusCodes.Status200OK);
    }

    // One row is changed, added or taken out of what holds on the day; what is proposed is the whole table.
    private static async Task<IResult> Propose(RoutingDesk desk, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Govern))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (county, from) = (form["county"].ToString(), Doorway.DayOf(form["from"]));
        await using var db = desk.Records.ReadingAll();
        var table = await new RoutingQueries(db).On(county, from ?? ChinaTime.DayOf(visitor.Now), context.RequestAborted);
        var row = RowOf(form);
        var rows = table.Rows.ToList();
        var at = rows.FindIndex(one => one.Code == row.Code);
        if (at >= 0)
        {
            row = row with { ValidFrom = rows[at].ValidFrom, ValidTo = rows[at].ValidTo };   // the form has no days: a row keeps its own
            rows.RemoveAt(at);
        }

        if (form["remove"] != "yes")
            rows.Insert(at < 0 ? rows.Count : at, row);

        var body = new NewRoutingTable(county, form["otherwise"], [.. rows.Select(NewRoutingRow.Of)], from, form["basis"]);
        var kept = await desk.Propose(body, await desk.Records.DeedOf(visitor.By, context.RequestAborted), context.RequestAborted);
        return kept.Result is ProblemHttpResult refused
            ? await Show(desk, context, new AskedRouting { County = county, Row = row.Code }, refused)
            : Doorway.Onwards(context, "console/routing" + Doorway.Query(("county", county), ("did", "proposed")) + "#versions");
    }

    private static async Task<IResult> Decide(RoutingDesk desk, HttpContext context)
    {
        var visitor = Doorway.VisitorOf(context);
        if (!visitor.May(Policies.Govern))
            return Doorway.NotAllowed(context);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (county, approved) = (form["county"].ToString(), form["approved"] == "yes");
        var decided = await desk.Decide(form["id"].ToString(), new RoutingDecision(approved, form["reason"]), await desk.Records.DeedOf(visitor.By, context.RequestAborted), context.RequestAborted);
        return decided.Result is ProblemHttpResult refused
            ? await Show(desk, context, new AskedRouting { County = county }, refused)
            : Doorway.Onwards(context, "console/routing" + Doorway.Query(("county", county), ("did", approved ? "Approved" : "Refused")) + "#versions");
    }

    private static RoutingRow RowOf(IFormCollection form) => new()
    {
        Code = form["code"].ToString().Trim(),
        Name = form["name"].ToString().Trim(),
        All = Words(form["all"]),
        Any = Words(form["any"]),
        None = Words(form["none"]),
        Propose = Words(form["propose"]),
        Extras = Words(form["extras"]),
        Forbid = [.. BansOf(form["forbid"], false), .. BansOf(form["forbidAlone"], true)],
        Fallback = form["fallback"] == "yes"
    };

    private static IEnumerable<RoutingBan> BansOf(string? lines, bool alone) =>
        (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => BanOf(line, alone));

    // A line such as: M4 a reason.
    private static RoutingBan BanOf(string line, bool alone) =>
        line.Split(Between, 2, StringSplitOptions.TrimEntries) is [var pathway, var reason] ? new RoutingBan(pathway, reason, alone) : new RoutingBan(line, "", alone);

    private static string[] Words(string? text) => (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);

    // Of rows[3].all what is wrong is "all", in whichever row.
    private static string TextOf(ProblemHttpResult refused) =>
        Refusal.FieldsOf(refused) is [var first, ..] ? "routing.wrong." + first[(first.LastIndexOf('.') + 1)..] : Doorway.TextOf(refused, "routing");
}

/// <summary>Which table is looked at, as the address says.</summary>
public sealed record AskedRouting
{
    [FromQuery(Name = "county")] public string? County { get; init; }

    /// <summary>The row that the form begins with.</summary>
    [FromQuery(Name = "row")] public string? Row { get; init; }

    [FromQuery(Name = "did")] public string? Did { get; init; }
}

/// <summary>A county's table today, and its versions.</summary>
public sealed record RoutingModel
{
    public AreaUnit? County { get; init; }

    public required IReadOnlyList<AreaUnit> Counties { get; init; }

    public required DateOnly Today { get; init; }

    public required RoutingTable Table { get; init; }

    /// <summary>The words that conditions may use.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    public required IReadOnlyList<RoutingVersion> Versions { get; init; }

    /// <summary>The row that is to be changed; null for a new one.</summary>
    public RoutingRow? Row { get; init; }

    /// <summary>The key of what was wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>The key of what was done.</summary>
    public string? Did { get; init; }
}
