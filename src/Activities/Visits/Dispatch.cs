using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Gives a visit to a worker and waits for the confirmation (P08 step 3): event <c>dispatch:{visitId}</c>.</summary>
/// <remarks>
/// A worker who declines, or is silent until two hours before, is replaced; when nobody else is free the silent one keeps the visit and
/// the township is told. An order that is no longer active is not dispatched.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Gives a visit to a worker.", Chinese = "派单", Waits = true)]
[Outcomes("Dispatched", "Reassign", "Cancelled")]
public sealed class Dispatch : Activity
{
    internal static readonly TimeSpan Notice = TimeSpan.FromHours(2);

    [Input("The visit.", Chinese = "上门服务")]
    public required string VisitId { get; init; }

    [Input("The worker.", Chinese = "服务人员")]
    public required string WorkerId { get; init; }

    [Input("Workers who were asked before.", Chinese = "已询人员")]
    public IReadOnlyList<string> Asked { get; init; } = [];

    [Output("All who have been asked.", Chinese = "已询人员")]
    public IReadOnlyList<string> Excluded { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        var order = await db.Set<Order>().SingleAsync(row => row.Id == slot.OrderId, cancellationToken);
        Excluded = [.. Asked, WorkerId];
        await db.Lock<Worker>(WorkerId, cancellationToken);
        if (order.Status == OrderStatus.Active && !(await TrainingGate.Qualified(db, [slot], cancellationToken))[slot.Id].Contains(WorkerId))
            return new Completed("Reassign");   // since they were chosen a certificate ended, or they left (INV-16)
        if (order.Status != OrderStatus.Active || !await new VisitBook(db).Dispatch(VisitId, WorkerId, cancellationToken))
        {
            await new VisitBook(db).End(VisitId, VisitStatus.Cancelled, cancellationToken);
            return new Completed("Cancelled");
        }

        return new Waiting([Bookmark.Event("answer", "dispatch:" + VisitId), Bookmark.Timer("silent", slot.PlannedStart - Notice)])
        {
            Send = [Tell.Staff("visit.dispatch", "S", WorkerId, new { visit = VisitId, start = slot.PlannedStart }), Reminder(slot)]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        Excluded = [.. Asked, WorkerId];
        await using var db = ReliefDbContext.Over(context.Records);
        var slot = await db.Set<VisitSlot>().SingleAsync(row => row.Id == VisitId, cancellationToken);
        if (slot.Status == VisitStatus.Cancelled)   // a pause may end in time: until two hours before, the visit may come back
            return wakeup.IsTimer ? new Completed("Cancelled") : new Waiting([Bookmark.Event("answer", "dispatch:" + VisitId)]);
        if (slot.Status == VisitStatus.Done)   // served before a pause, earlier than planned
            return new Completed("Cancelled");
        if (!wakeup.IsTimer && Answer.From(wakeup).Decision != "Declined")
            return new Completed("Dispatched") { Send = [.. await VisitMirror.Dispatched(db, slot, WorkerId, Deed.Of(context), cancellationToken)] };
        if (!wakeup.IsTimer)
            return new Completed("Reassign");

        if ((await TrainingGate.Fit(db, slot, cancellationToken)).Except(Excluded).Any())
            return new Completed("Reassign");
        var scene = await new OrderScenes(db).Of(slot.OrderId, cancellationToken);
        return new Completed("Dispatched")
        {
            Send = [ActivityDeeds.Tell("visit.unconfirmed", "C", scene.TownshipCode, new { visit = VisitId, start = slot.PlannedStart }), .. await VisitMirror.Dispatched(db, slot, WorkerId, Deed.Of(context), cancellationToken)]
        };
    }

    // The evening before (19:00 local) the person is told who comes.
    private Message Reminder(VisitSlot slot) =>
        ActivityDeeds.Tell("visit.tomorrow", "P", slot.PersonId, new { visit = VisitId, start = slot.PlannedStart }) with
        {
            NotBefore = Calendar.ChinaTime.At(Calendar.ChinaTime.DayOf(slot.PlannedStart).AddDays(-1), new TimeOnly(19, 0))
        };
}
