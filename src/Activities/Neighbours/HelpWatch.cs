using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Watches the help of an order (PW6 steps 6 and 7): a sample call each Monday, a visit after 14 days of silence, a check at each month's end.</summary>
/// <remarks>Each of these goes its own way while the watch goes on by <c>Next</c>. A paused order is not watched until it goes on.
/// The event <c>order:{orderId}:stop</c> ends the pairs and the watch.</remarks>
[ChangesRecords]
[Activity("Relief Neighbours", "Watches the help of an order and asks for calls, visits and checks.", Chinese = "互助监测", Waits = true)]
[Outcomes("Next", "SampleCall", "Silent", "MonthEnd", "Stopped")]
public sealed class HelpWatch : Activity
{
    private static readonly TimeOnly Morning = new(8, 0);
    private static readonly TimeOnly CallTime = new(9, 0);
    private static readonly TimeOnly TenPast = new(0, 10);

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The day of the last visit for silence; empty at first.", Chinese = "上次静默走访日")]
    public string? VisitedOn { get; init; }

    [Output("The day of the last visit for silence.", Chinese = "上次静默走访日")]
    public string? Visited { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Visited = VisitedOn;
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (scene.Order.Status == OrderStatus.Paused)
            return new Waiting([OrderStop.Of(OrderId), OrderStop.Resumed(OrderId)]);   // nobody calls, visits or counts silence while the person is away
        if (scene.Order.Status != OrderStatus.Active)
            return new Completed("Stopped");
        var today = ChinaTime.DayOf(context.Now);
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7);
        var call = ChinaTime.At(monday, CallTime);
        return new Waiting(
        [
            OrderStop.Of(OrderId), Bookmark.Timer("call", call > context.Now ? call : ChinaTime.At(monday.AddDays(7), CallTime)),
            Bookmark.Timer("month", ChinaTime.At(new DateOnly(today.Year, today.Month, 1).AddMonths(1), TenPast)),
            Bookmark.Timer("silence", await Silence(db, context, scene, cancellationToken))
        ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Visited = VisitedOn;
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var logs = await new NeighbourQueries(db).Logs(OrderId, cancellationToken);
        if (wakeup.IsTimer && scene.Order.Status == OrderStatus.Paused || wakeup.Bookmark == OrderStop.Resume)
            return new Completed("Next");
        switch (wakeup.Bookmark)
        {
            case "call":
                return logs.Any(log => log.Status == LogStatus.Recorded) ? new Completed("SampleCall") { Also = ["Next"] } : new Completed("Next");
            case "month":
                return new Completed("MonthEnd") { Also = ["Next"] };
            case "silence":
                if (await Silence(db, context, scene, cancellationToken) > context.Now)
                    return new Completed("Next");
                Visited = ChinaTime.DayOf(context.Now).ToString("O", CultureInfo.InvariantCulture);
                return new Completed("Silent") { Also = ["Next"], Send = [ActivityDeeds.Tell("help.silent", "V", scene.Case.AreaCode, scene.Reference)] };
            default:
                foreach (var pair in await new PairQueries(db).Active(OrderId, cancellationToken))
                    await new PairBook(db).End(pair.Id, "Stopped", context.DeedOf("end-" + pair.HelperId), cancellationToken);
                return new Completed("Stopped");
        }
    }

    // Fourteen days after the last log, the last visit for silence or the pairing, whichever is latest.
    private async Task<DateTimeOffset> Silence(ReliefDbContext db, ActivityContext context, OrderScene scene, CancellationToken cancellationToken)
    {
        var days = await new ParameterQueries(db).Whole("neighbour.silence", scene.TownshipCode, ChinaTime.DayOf(context.Now), cancellationToken);
        var known = (await new NeighbourQueries(db).Logs(OrderId, cancellationToken)).Select(log => log.ServiceDate)
            .Concat((await new PairQueries(db).Of(OrderId, cancellationToken)).Select(pair => pair.PairedOn ?? DateOnly.MinValue));
        var visited = VisitedOn is { Length: > 0 } text ? DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture) : DateOnly.MinValue;
        return ChinaTime.At(known.Append(visited).Max().AddDays(days + 1), Morning);
    }
}
