using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>A supplier has taken it on: the plan and the agreement are what was proposed, agreed to and approved; papers with signatures come with the regularisation (P29 step 4, E08).</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Makes plan and agreement of what was approved.", Chinese = "急难方案与协议")]
public sealed class AgreeEmergency : Activity
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await EmergencyScene.Of(db, EmergencyId, context, cancellationToken);
        var (emergency, deed) = (scene.Emergency, scene.Deed("agree", scene.Emergency.ApprovedBy!));
        var order = await db.Set<Order>().SingleAsync(row => row.Id == emergency.OrderId, cancellationToken);
        var (rule, visits) = Schedule(emergency, context.Now);
        var plans = new PlanBook(db);
        await plans.Submit(new PlanEntry(order.Id, "急难快速通道", JsonSerializer.Serialize(new[] { rule }, JsonSerializerOptions.Web), [new PlannedItem(emergency.ItemCode!, emergency.Quantity!.Value, visits)]), deed.Step("plan"), cancellationToken);
        await plans.Agree(order.Id, emergency.ProposedBy!, deed.Step("agreed"), cancellationToken);
        await Sign(db, scene, order, deed, cancellationToken);
        await new EmergencyBook(db).Change(EmergencyId, ("EmergencyDispatched", new { order.SupplierId }), row => row with { DispatchedAt = context.Now }, deed, cancellationToken);
        return new Completed(Done) { Send = [Message.Of(new EventPublished(EmergencyRelief.Changed(EmergencyId), null, default)), scene.ToPerson("emergency.coming")] };
    }

    // One visit a day, as many as there are whole units and days left.
    private static (VisitRule Rule, int Visits) Schedule(EmergencyRelief emergency, DateTimeOffset now)
    {
        var (day, time) = FirstVisit.After(now);
        var left = Math.Max(1, emergency.LastDay!.Value.DayNumber - day.DayNumber + 1);
        var visits = (int)Math.Clamp(decimal.Floor(emergency.Quantity!.Value), 1, left);
        return (new VisitRule(emergency.ItemCode!, [.. Enumerable.Range(0, visits).Select(number => day.AddDays(number * left / visits).Day)], time, null), visits);
    }

    private static async Task Sign(ReliefDbContext db, EmergencyScene scene, Order order, Deed deed, CancellationToken cancellationToken)
    {
        var (emergency, plans) = (scene.Emergency, new PlanBook(db));
        var parent = await db.Set<Case>().SingleAsync(row => row.Id == order.CaseId, cancellationToken);
        var price = await new CatalogueQueries(db).PriceOn(emergency.ItemCode!, emergency.AreaCode, order.PlannedFrom, cancellationToken);
        var drafted = await plans.Draft(new AgreementEntry
        {
            OrderId = order.Id, TownshipUnitId = parent.OwnerUnitId, ValidFrom = order.PlannedFrom, ValidTo = order.PlannedTo, PriceLabel = price?.Label ?? "",
            Document = "sha256:" + AuditTrail.Chain(emergency.Id, order.SupplierId, emergency.ApprovedBy, emergency.CallRef)
        }, deed.Step("draft"), cancellationToken);
        var id = ((OrderResult.Done)drafted).Id;
        foreach (var (party, signer) in new[] { (AgreementParty.Township, emergency.ApprovedBy!), (AgreementParty.Supplier, order.SupplierId!), (AgreementParty.Person, emergency.Consent!) })
            await plans.Sign(id, party, signer, deed.Step("sign-" + party), cancellationToken);
    }
}
