using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Makes the order of an approved emergency, for its days and beside what is decided about the case (P29 step 3).</summary>
/// <remarks>Its need is the emergency's own: neither survey nor decision touches it, and the case may be confirmed for the same item meanwhile.</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "Makes the order of an approved emergency.", Chinese = "生成急难订单")]
public sealed class OrderEmergency : Activity
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    [Output("The order.", Chinese = "订单")]
    public string OrderId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var emergency = (await EmergencyScene.Of(db, EmergencyId, context, cancellationToken)).Emergency;
        var deed = context.DeedOf("order", emergency.ApprovedBy!);
        await db.Lock<Case>(emergency.CaseId!, cancellationToken);
        var parent = await db.Set<Case>().SingleAsync(row => row.Id == emergency.CaseId, cancellationToken);
        var item = await db.Set<CatalogueItem>().SingleAsync(row => row.Code == emergency.ItemCode, cancellationToken);
        var need = await new CaseBook(db).Provide(parent, new NeedEntry(item.Code, item.Family, "temporary", Urgency.Urgent, "急难快速通道"), (emergency.Id, emergency.Quantity!.Value), deed, cancellationToken);
        var first = FirstVisit.After(context.Now).Day;
        var last = first.AddDays(emergency.Days!.Value - 1);
        OrderId = ((OrderResult.Done)await new OrderBook(db).Create(new OrderEntry(parent.Id, [need], "M1", first, last), deed, cancellationToken)).Id;
        await new EmergencyBook(db).Change(EmergencyId, ("EmergencyOrdered", new { OrderId, first, last }), row => row with { OrderId = OrderId, FirstDay = first, LastDay = last }, deed, cancellationToken);
        return new Completed(Done);
    }
}
