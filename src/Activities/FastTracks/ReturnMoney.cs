using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Gives back what an ended emergency's order has left, once nothing of it may still be paid: reserved = spent + given back, to the cent (INV-01).</summary>
/// <remarks>It looks again each week while a record is undecided or unpaid, or a visit of the past may still be recorded.</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Gives back what an emergency's order has left.", Chinese = "退回结余资金", Waits = true, MovesMoney = true)]
public sealed class ReturnMoney : Activity
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);
    private static readonly VisitStatus[] Going = [VisitStatus.Scheduled, VisitStatus.Dispatched, VisitStatus.Started];
    private static readonly RecordStatus[] Unpaid = [RecordStatus.Submitted, RecordStatus.Queried, RecordStatus.Accepted];

    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    [Output("Yuan given back.", Chinese = "退回金额")]
    public decimal Returned { get; private set; }

    protected override Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken) => Look(context, cancellationToken);

    protected override Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken) => Look(context, cancellationToken);

    private async Task<ActivityResult> Look(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var emergency = await new EmergencyBook(db).Get(EmergencyId, cancellationToken);
        var order = await db.Set<Order>().SingleAsync(row => row.Id == emergency.OrderId, cancellationToken);
        if (await IsAwaited(db, order.Id, context.Now, cancellationToken))
            return new Waiting([Bookmark.Timer($"look-{context.KeyFor(context.Now.ToString("O", System.Globalization.CultureInfo.InvariantCulture)):N}", context.Now + Again)]);
        Returned = await new FundQueries(db).Standing(order.ReservationId!, cancellationToken);
        await new ReservationBook(db).Close(order.ReservationId!, context.DeedOf("return"), cancellationToken);
        return new Completed(Done);
    }

    private static async Task<bool> IsAwaited(ReliefDbContext db, string orderId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Set<VisitRecord>().AnyAsync(record => record.OrderId == orderId && Unpaid.Contains(record.Status), cancellationToken)
        || await db.Set<VisitSlot>().AnyAsync(visit => visit.OrderId == orderId && Going.Contains(visit.Status) && visit.PlannedStart <= now, cancellationToken);
}
