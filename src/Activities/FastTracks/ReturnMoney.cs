using System.Globalization;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Gives back what an ended emergency's order has left, once nothing of it may still be paid: reserved = spent + given back, to the cent (INV-01).</summary>
/// <remarks>
/// It looks again each week while a record is undecided or unpaid, or a visit of the past may still be recorded. Where a record did not come within <c>emergency.record</c>,
/// a person is asked before the money goes (<see cref="SettleUnrecorded"/>): what was served is owed, however late it is told.
/// </remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Gives back what an emergency's order has left.", Chinese = "退回结余资金", Waits = true)]
[Outcomes(Done, "Unrecorded")]
public sealed class ReturnMoney : Activity
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

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
        var money = new EmergencyMoney(db, emergency.OrderId!);
        await money.Lock(cancellationToken);
        if (await money.IsAwaited(context.Now, cancellationToken))
            return Wait(context, context.Now + Again);
        if (await money.Unrecorded(cancellationToken) is [.., var last])
        {
            var due = (await new Deadlines(db).Of("emergency.record", emergency.AreaCode, last.PlannedEnd, cancellationToken)).Due;
            return due > context.Now ? Wait(context, due) : new Completed("Unrecorded");
        }

        Returned = await money.GiveBack(context.DeedOf("return"), cancellationToken);
        return new Completed(Done);
    }

    private static Waiting Wait(ActivityContext context, DateTimeOffset until) =>
        new([Bookmark.Timer($"look-{context.KeyFor(context.Now.ToString("O", CultureInfo.InvariantCulture)):N}", until)]);
}
