using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SixChecks;

/// <summary>Opens a township's 666 check: the regular one on the first day of its period, and with it the wait for the next; an ordered one at once (P19, FA-040).</summary>
/// <remarks>The next run's instance has an id made of township and month, so that it is started once, whoever starts it.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Opens a 666 check of a township at its time.", Chinese = "启动六查六看六落实", Waits = true)]
[Outcomes("Opened")]
public sealed class OpenCheck : Activity
{
    private static readonly TimeOnly Morning = new(0, 30);

    [Input("The run.", Chinese = "检查批次")]
    public required string RunId { get; init; }

    [Input("The township.", Chinese = "乡镇(街道)")]
    public required string TownshipCode { get; init; }

    [Input("The month in which it begins, as 2026-04.", Chinese = "起始月份")]
    public required string Period { get; init; }

    [Input("Whether it was ordered beside the regular ones.", Chinese = "临时部署")]
    public bool Ordered { get; init; }

    private DateOnly Month => DateOnly.ParseExact(Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The start of a township's regular run.</summary>
    public static (Guid Id, string Key, object Input) Of(string townshipCode, DateOnly month)
    {
        var period = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var runId = CheckBook.IdOf(townshipCode, period);
        return (InstanceIds.Of(CheckBook.Chain(runId)), CheckBook.Chain(runId), new { runId, townshipCode, period, ordered = false });
    }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        var begins = ChinaTime.At(Month, Morning);
        return !Ordered && begins > context.Now ? new Waiting([Bookmark.Timer("open", begins)]) : await Open(context, cancellationToken);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Open(context, cancellationToken);

    private async Task<ActivityResult> Open(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var run = await new CheckBook(db).Open((RunId, TownshipCode, Period, Ordered), context.DeedOf("open"), cancellationToken);
        List<Message> send = [Tell.Unit("check666.opened", "C", TownshipCode, new { period = Period, due = ChinaTime.DayOf(run.DueAt) })];
        if (!Ordered)
        {
            var (id, key, input) = Of(TownshipCode, Month.AddMonths(await Months(db, cancellationToken)));
            send.Add(Message.Of(new ChildStart(id, "procedure.check666", Json(input), key, key)));
        }

        return new Completed("Opened") { Send = [.. send] };
    }

    private async Task<int> Months(ReliefDbContext db, CancellationToken cancellationToken) =>
        (await new ParameterQueries(db).Find("check666.cycle", TownshipCode, Month, cancellationToken))?.Value switch { "half-yearly" => 6, "yearly" => 12, _ => 3 };
}
