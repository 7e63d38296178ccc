using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Expands the plan into dated visits for a rolling 30 days, starts one small instance per visit, and waits for the next stretch (P08 step 1).</summary>
/// <remarks>
/// A visit is planned once (order, item, time) and its instance has an id of its own making, so a repeat plans and starts nothing twice.
/// It also watches that the first visit comes in time. The event <c>order:{orderId}:stop</c> ends it and cancels what has not begun;
/// <c>order:{orderId}:resume</c> plans again after a pause.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Plans the visits of the next 30 days and starts each of them.", Chinese = "排定服务", Waits = true)]
[Outcomes("Next", "Ended")]
public sealed class ScheduleVisits : Activity
{
    private const int Horizon = 30;

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var view = (await new OrderQueries(db).Find(OrderId, cancellationToken))!;
        var last = view.Agreement!.ValidTo;
        var today = ChinaTime.DayOf(context.Now);
        if (today > last || view.Order.Status is OrderStatus.Ended or OrderStatus.Cancelled or OrderStatus.Transferred)
            return new Completed("Ended");

        var from = today > view.Order.PlannedFrom ? today : view.Order.PlannedFrom;
        var to = today.AddDays(Horizon) < last ? today.AddDays(Horizon) : last;
        IReadOnlyList<Message> starts = view.Order.Status == OrderStatus.Active && from <= to
            ? await Plan(db, context, view, (from, to), cancellationToken)
            : [];
        return new Waiting([.. await Waits(db, context, view, cancellationToken)]) { Send = [.. starts] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark is "horizon" or "resume")
            return new Completed("Next");

        await using var db = ReliefDbContext.Over(context.Records);
        if (!wakeup.IsTimer)
        {
            foreach (var slot in await new RecordQueries(db).Visits(OrderId, cancellationToken))
                await new VisitBook(db).End(slot.Id, VisitStatus.Cancelled, cancellationToken);
            return new Completed("Ended");
        }

        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var begun = (await new RecordQueries(db).Of(OrderId, cancellationToken)).Count > 0;
        return new Waiting([])
        {
            Send = begun ? [] : [ActivityDeeds.Tell("service.gap", "C", scene.TownshipCode, scene.Reference), ActivityDeeds.Tell("service.gap", "P", scene.Order.PersonId, scene.Reference)]
        };
    }

    private async Task<IReadOnlyList<Message>> Plan(
        ReliefDbContext db, ActivityContext context, OrderView view, (DateOnly From, DateOnly To) period, CancellationToken cancellationToken)
    {
        var items = await db.Set<CatalogueItem>().ToListAsync(cancellationToken);
        var lines = view.Lines.Select(line => (line, items.Single(item => item.Code == line.ItemCode))).ToList();
        var rules = JsonSerializer.Deserialize<List<VisitRule>>(view.Plan!.ScheduleRule, JsonSerializerOptions.Web) ?? [];
        var visits = VisitCalendar.Between(lines, rules, period.From, period.To).Where(visit => visit.Start > context.Now).ToList();
        var ids = await new VisitBook(db).Schedule(OrderId, visits, context.DeedOf("schedule"), cancellationToken);
        return [.. ids.Select(id => VisitStart(id, view.Order, context.SubjectId))];
    }

    // The same id for the same visit: it is started once, however often it is planned.
    private static Message VisitStart(string visitId, Order order, string? subjectId) => Message.Of(new ChildStart(
        InstanceIds.Of("visit:" + visitId), "procedure.delivery.visit", Answer.Json(new { visitId, orderId = order.Id, personId = order.PersonId }),
        "order:" + order.Id, "visit:" + visitId, subjectId));

    private async Task<IReadOnlyList<Bookmark>> Waits(ReliefDbContext db, ActivityContext context, OrderView view, CancellationToken cancellationToken)
    {
        List<Bookmark> waits = [OrderStop.Of(OrderId), OrderStop.Resumed(OrderId), Bookmark.Timer("horizon", context.Now.AddDays(Horizon - 7))];
        if (view.Plan?.AgreedAt is not { } agreed)
            return waits;
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var first = await new Deadlines(db).Of(scene.IsUrgent ? "service.first.urgent" : "service.first", scene.TownshipCode, agreed, cancellationToken);
        if (first.Due > context.Now)
            waits.Add(Bookmark.Timer("first", first.Due));
        return waits;
    }
}
