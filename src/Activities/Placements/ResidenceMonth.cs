using System.Globalization;
using System.Text.Json;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Placements;

/// <summary>Runs one month of residence to its end (PW2 step 7): day 1 of the next at 00:10, or the day the person leaves.</summary>
/// <remarks>
/// Events: <c>placement:{orderId}:leave</c> with <c>{ day, reason, by }</c> ends the stay, by the person's own wish at any time;
/// <c>placement:{orderId}:change</c> asks for another assessment; <c>order:{orderId}:stop</c> ends it as after a death. A day of leaving that
/// is before the admission or ahead of today is taken as today; a stop has the last day that it gave the agreement.
/// </remarks>
[ChangesRecords]
[Activity("Relief Care", "Runs a month of residence to its end.", Chinese = "在院月", Waits = true)]
[Outcomes("Month", "Changed", "Left", "Ended")]
public sealed class ResidenceMonth : Activity
{
    private static readonly TimeOnly TenPast = new(0, 10);

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The last month that was settled, as 2026-04; empty at the first. Bind it to the same variable as the output.", Chinese = "上月")]
    public string? After { get; init; }

    [Output("The month that is over.", Chinese = "月份")]
    public string Month { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var view = (await new OrderQueries(db).Find(OrderId, cancellationToken))!;
        var placement = await Placed(db, cancellationToken);
        var month = Current(placement);
        Month = After ?? "";
        if (view.Order.Status == OrderStatus.Ended && placement.LeftOn is null)
            return await Leave(db, (LastDay(view, ChinaTime.DayOf(context.Now)), "Stopped"), cancellationToken);   // stopped while the month before was settled
        return month > (view.Agreement?.ValidTo ?? view.Order.PlannedTo) || month > placement.LeftOn
            ? new Completed("Ended")
            : new Waiting(
            [
                Bookmark.Timer("end", ChinaTime.At(month.AddMonths(1), TenPast)), Bookmark.Event("leave", $"placement:{OrderId}:leave"),
                Bookmark.Event("change", $"placement:{OrderId}:change"), OrderStop.Of(OrderId)
            ]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        Month = After ?? "";
        if (wakeup.Bookmark == "change")
            return new Completed("Changed");
        if (!wakeup.IsTimer)
            return await Leave(db, Leaving(wakeup, LastDay((await new OrderQueries(db).Find(OrderId, cancellationToken))!, ChinaTime.DayOf(context.Now))), cancellationToken);
        Month = Named(Current(await Placed(db, cancellationToken)));
        return new Completed("Month");
    }

    // A stop has ended the agreement with its own last day, however late it is heard here.
    private static DateOnly LastDay(OrderView view, DateOnly today) => view.Order.Status == OrderStatus.Ended && view.Agreement?.ValidTo is { } last && last < today ? last : today;

    private static string Named(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private async Task<ActivityResult> Leave(ReliefDbContext db, (DateOnly Day, string Reason) how, CancellationToken cancellationToken)
    {
        Month = Named(Current(await Placed(db, cancellationToken)));
        await new PlacementBook(db).Change(OrderId, known => known with { LeftOn = how.Day < known.AdmittedOn ? known.AdmittedOn : how.Day, ExitReason = how.Reason }, cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        return new Completed("Left") { Send = [ActivityDeeds.Tell("placement.left", "C", scene.TownshipCode, scene.Reference)] };
    }

    private async Task<Placement> Placed(ReliefDbContext db, CancellationToken cancellationToken) =>
        await new PlacementBook(db).Find(OrderId, cancellationToken) is { AdmittedOn: not null } placement
            ? placement
            : throw new InvalidOperationException($"Order {OrderId} has nobody in residence.");

    private DateOnly Current(Placement placement) => After is { Length: > 0 }
        ? DateOnly.ParseExact(After + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(1)
        : new DateOnly(placement.AdmittedOn!.Value.Year, placement.AdmittedOn.Value.Month, 1);

    private static (DateOnly Day, string Reason) Leaving(Wakeup wakeup, DateOnly today)
    {
        var reason = wakeup.Bookmark == "stop" ? "Stopped" : "Left";
        if (wakeup.Payload.ValueKind != JsonValueKind.Object)
            return (today, reason);
        var said = wakeup.Payload.TryGetProperty("day", out var value) && value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= today ? day : today;
        return (said, wakeup.Payload.TryGetProperty("reason", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString()! : reason);
    }
}
