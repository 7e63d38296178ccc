using Relief.Flow.Activities.Calendar;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Rounds;

/// <summary>Opens a county's round of visits on the first day of its period, and with it the wait for the next one's (P18 step 1, PL-011, PL-012).</summary>
/// <remarks>The next round's instance has an id made of county, duty and period, so that it is started once, whoever starts it. Where policy asks for no visits the round is passed over.</remarks>
[ChangesRecords]
[Activity("Relief Visits", "Opens a round of visits on the first day of its period.", Chinese = "启动走访周期", Waits = true)]
[Outcomes("Opened", "NotAsked")]
public sealed class OpenVisitRound : Activity
{
    private static readonly TimeOnly Morning = new(0, 30);

    [Input("The county.", Chinese = "县区")]
    public required string CountyCode { get; init; }

    [Input("Whose duty: Village, Street or Elderly.", Chinese = "走访责任")]
    public required string Duty { get; init; }

    [Input("The period, as 2026-04 or 2026-H1.", Chinese = "周期")]
    public required string Period { get; init; }

    [Output("The round.", Chinese = "走访批次")]
    public string RoundId { get; private set; } = "";

    private VisitDuty Whose => Enum.Parse<VisitDuty>(Duty);

    /// <summary>The start of a county's round.</summary>
    public static (Guid Id, string Key, object Input) Of(string countyCode, VisitDuty duty, string period)
    {
        var key = RoundBook.Chain(RoundBook.IdOf(countyCode, duty, period));
        return (InstanceIds.Of(key), key, new { countyCode, duty = duty.ToString(), period });
    }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        var begins = ChinaTime.At(RoundTimes.SpanOf(Period).From, Morning);
        return begins > context.Now ? new Waiting([Bookmark.Timer("open", begins)]) : await Open(context, cancellationToken);
    }

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Open(context, cancellationToken);

    private async Task<ActivityResult> Open(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var round = await new RoundBook(db).Open(CountyCode, Whose, Period, context.DeedOf("open"), cancellationToken);
        RoundId = round?.Id ?? "";
        var (id, key, input) = Of(CountyCode, Whose, RoundTimes.After(Whose, Period));
        return new Completed(round is null ? "NotAsked" : "Opened") { Send = [Message.Of(new ChildStart(id, "procedure.visits", Json(input), key, key))] };
    }
}
