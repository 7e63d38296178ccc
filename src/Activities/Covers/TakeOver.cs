using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Covers;

/// <summary>Hands the order to the new supplier when the old one's last day is over, or at once when it is later than that. The hours between are kept.</summary>
/// <remarks>Planned visits stay; each is given to a worker of the new supplier.</remarks>
[ChangesRecords]
[Activity("Relief Suppliers", "Hands an order to the supplier that goes on.", Chinese = "交接", Waits = true)]
[Outcomes("TakenOver", "NotNeeded")]
public sealed class TakeOver : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        if (await new CoverBook(db).Open(OrderId, cancellationToken) is not { ToSupplierId: not null } cover)
            return new Completed("NotNeeded");
        var begins = ChinaTime.At(cover.LastDay.AddDays(1), TimeOnly.MinValue);
        return begins > context.Now ? new Waiting([Bookmark.Timer("begins", begins)]) : await Hand(db, context, cover, cancellationToken);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        return await new CoverBook(db).Open(OrderId, cancellationToken) is { } cover ? await Hand(db, context, cover, cancellationToken) : new Completed("NotNeeded");
    }

    private async Task<ActivityResult> Hand(ReliefDbContext db, ActivityContext context, OrderCover cover, CancellationToken cancellationToken)
    {
        var visits = await new CoverBook(db).TakeOver(cover, context.DeedOf("takeOver"), cancellationToken);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        List<Message> send =
        [
            ActivityDeeds.Tell("cover.takenOver", "S", cover.ToSupplierId!, scene.Reference), ActivityDeeds.Tell("cover.takenOver", "C", scene.TownshipCode, scene.Reference),
            OrderStop.GoOn(OrderId)
        ];
        foreach (var visit in visits)
            send.Add(await Reassign(db, visit, scene.TownshipCode, cancellationToken));
        return new Completed("TakenOver") { Send = [.. send] };
    }

    private static async Task<Message> Reassign(ReliefDbContext db, VisitSlot visit, string township, CancellationToken cancellationToken)
    {
        var book = new VisitBook(db);
        if ((await TrainingGate.Fit(db, visit, cancellationToken)) is [var worker, ..])
        {
            await book.Dispatch(visit.Id, worker, cancellationToken);
            return Tell.Staff("visit.dispatch", "S", worker, new { visit = visit.Id, start = visit.PlannedStart });
        }

        await book.End(visit.Id, VisitStatus.Cancelled, cancellationToken);
        return ActivityDeeds.Tell("visit.noWorker", "C", township, new { visit = visit.Id });
    }
}
