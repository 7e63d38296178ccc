using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpotChecks;

/// <summary>Waits until a county's year of spot checks has something to do: a month to draw, a share to fill up, or a year to close (P14 steps 1, 6, E23).</summary>
/// <remarks>
/// Each month is drawn on the day <c>spotcheck.draw</c> of the next. When all twelve are drawn, what is missing is drawn from the whole year and the checks are
/// awaited, looked at each morning; a year that is closed is looked at each month for another year, because a late record opens it again. The procedure
/// begun in the middle of a year draws the months before at once.
/// </remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Waits for the next draw of a county's year.", Chinese = "等待下次抽样", Waits = true)]
[Outcomes("Draw", "Close", "Over")]
public sealed class NextDraw : Activity
{
    private static readonly TimeOnly Morning = new(0, 30);

    [Input("The county.", Chinese = "县")]
    public required string CountyCode { get; init; }

    [Input("The calendar year.", Chinese = "年度")]
    public required int Year { get; init; }

    [Output("Monthly or TopUp.", Chinese = "抽样类别")]
    public string Kind { get; private set; } = "";

    [Output("The first service day, as 2026-04-01.", Chinese = "起始日")]
    public string From { get; private set; } = "";

    [Output("The last service day.", Chinese = "截止日")]
    public string To { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new SpotCheckBook(db).Open(CountyCode, Year, context.DeedOf("open"), cancellationToken);
        return await Look(db, context, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Look(db, context, cancellationToken);
    }

    private async Task<ActivityResult> Look(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        if (await NextMonth(db, cancellationToken) is { } month)
            return await Draw(db, month, context, cancellationToken);
        var queries = new SpotCheckQueries(db);
        var isClosed = (await queries.Year(CountyCode, Year, cancellationToken))!.Status == YearStatus.Closed;
        if (!isClosed && await new RatioQueries(db).Short(CountyCode, Year, cancellationToken) > 0)
            return Drawn(DrawKind.TopUp, new DateOnly(Year, 1, 1), new DateOnly(Year, 12, 31));
        var share = (await new RatioQueries(db).Of(CountyCode, Year, context.Now, cancellationToken)).County;
        if (!isClosed && share is { Standing: RatioStanding.Met, Open: 0 })
            return new Completed("Close");
        var day = ChinaTime.DayOf(context.Now);
        // Who looks each morning at a year that nobody can help any more, and each month at one that is closed, ends when the next one is over too.
        if (day.Year > Year + 1)
            return new Completed("Over");
        return Wait(ChinaTime.At(isClosed ? new DateOnly(day.Year, day.Month, 1).AddMonths(1) : day.AddDays(1), Morning), context.Now);
    }

    private async Task<DateOnly?> NextMonth(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var drawn = await db.Set<SpotCheckPlan>().Where(row => row.CountyCode == CountyCode && row.Year == Year && row.Kind == DrawKind.Monthly).Select(row => row.PeriodFrom).ToListAsync(cancellationToken);
        return Enumerable.Range(1, 12).Select(month => (DateOnly?)new DateOnly(Year, month, 1)).FirstOrDefault(first => !drawn.Contains(first!.Value));
    }

    private async Task<ActivityResult> Draw(ReliefDbContext db, DateOnly month, ActivityContext context, CancellationToken cancellationToken)
    {
        var next = month.AddMonths(1);
        var day = await new ParameterQueries(db).Whole("spotcheck.draw", CountyCode, month, cancellationToken);
        var due = ChinaTime.At(new DateOnly(next.Year, next.Month, day), Morning);
        return due > context.Now ? Wait(due, context.Now) : Drawn(DrawKind.Monthly, month, next.AddDays(-1));
    }

    private Completed Drawn(DrawKind kind, DateOnly from, DateOnly to)
    {
        (Kind, From, To) = (kind.ToString(), Text(from), Text(to));
        return new Completed("Draw");
    }

    private static Waiting Wait(DateTimeOffset until, DateTimeOffset now) => new([Bookmark.Timer("look-" + now.ToUnixTimeSeconds(), until)]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
