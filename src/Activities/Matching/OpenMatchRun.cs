using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Matching;

/// <summary>Opens a run: the month's own at the day and hour that policy sets, and with it the wait for the next month's; another at once (P17, LD-011, LD-020).</summary>
/// <remarks>The next month's instance has an id made of county and month, so that it is started once, whoever starts it.</remarks>
[ChangesRecords]
[Activity("Relief Matching", "Opens a data match at its time.", Chinese = "启动数据比对", Waits = true)]
[Outcomes("Opened", "NoRules")]
public sealed class OpenMatchRun : Activity
{
    [Input("The run.", Chinese = "比对批次")]
    public required string RunId { get; init; }

    [Input("The county.", Chinese = "县区")]
    public required string CountyCode { get; init; }

    [Input("The month, as 2026-05.", Chinese = "月份")]
    public required string Period { get; init; }

    [Input("Whether it is the month's own run, which the next month's follows.", Chinese = "按月例行")]
    public bool Monthly { get; init; }

    private DateOnly Month => DateOnly.ParseExact(Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return Monthly && await Moment(db, cancellationToken) is var at && at > context.Now ? new Waiting([Bookmark.Timer("open", at)]) : await Open(db, context, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await Open(db, context, cancellationToken);
    }

    /// <summary>The start of a county's month.</summary>
    public static (Guid Id, string Key, object Input) OfMonth(string countyCode, DateOnly month)
    {
        var period = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var id = RunBook.OfMonth(countyCode, period);
        return (Guid.ParseExact(id, "N"), RunBook.Chain(id), new { runId = id, countyCode, period, monthly = true });
    }

    private async Task<ActivityResult> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var run = await new RunBook(db).Open((RunId, CountyCode, Period, Monthly), context.DeedOf("open"), cancellationToken);
        return new Completed(run is null ? "NoRules" : "Opened") { Send = Monthly ? [Next()] : [] };
    }

    private Message Next()
    {
        var (id, key, input) = OfMonth(CountyCode, Month.AddMonths(1));
        return Message.Of(new ChildStart(id, "procedure.datamatch", Json(input), key, key));
    }

    private async Task<DateTimeOffset> Moment(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var queries = new ParameterQueries(db);
        var day = await queries.Whole("dataMatch.cycle", CountyCode, Month, cancellationToken);
        var hour = (await queries.Find("dataMatch.hour", CountyCode, Month, cancellationToken))!.Value;
        return ChinaTime.At(Month.AddDays(Math.Min(day, DateTime.DaysInMonth(Month.Year, Month.Month)) - 1), TimeOnly.ParseExact(hour, "HH:mm", CultureInfo.InvariantCulture));
    }
}
