using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Township, supplier and person sign the agreement of an agreed plan (PW1 step 5): by tasks or by <c>sign:{agreementId}:{party}</c>.</summary>
/// <remarks>Five working days, then <c>NotSigned</c>: the township settles it and the same agreement is laid before them again.</remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Has the service agreement signed by its three parties.", Chinese = "服务协议", Waits = true)]
[Outcomes("Signed", "NotSigned", "Refused")]
public sealed class Agreement : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("The agreement.", Chinese = "协议")]
    public string AgreementId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        var drafted = await new PlanBook(db).Draft(await Entry(db, scene, cancellationToken), context.DeedOf("draft"), cancellationToken);
        if (drafted is not OrderResult.Done(var id))
            return new Faulted("agreement.notDrafted", $"The order {OrderId} has no agreed plan.");

        AgreementId = id;
        var agreement = await db.Set<AgreementRecord>().SingleAsync(row => row.Id == id, cancellationToken);
        scene = scene with { Supplier = await new SupplierQueries(db).Find(agreement.SupplierId, cancellationToken) };   // who goes on with an order signs, not who still has it
        var signed = await db.Set<AgreementSignature>().Where(row => row.AgreementId == id).Select(row => row.Party).ToListAsync(cancellationToken);
        var deadline = await new Deadlines(db).Of("agreement.sign", scene.TownshipCode, context.Now, cancellationToken);
        List<Bookmark> bookmarks = [OrderStop.Of(OrderId), .. deadline.Timers("sign")];
        foreach (var party in Enum.GetValues<AgreementParty>().Except(signed))
        {
            bookmarks.Add(Bookmark.Event($"{party}:event", $"sign:{id}:{party.ToString().ToLowerInvariant()}"));
            bookmarks.Add(Bookmark.For($"{party}:task", PlanTasks.Sign(scene, id, party) with { Due = deadline.Due }));
        }

        return new Waiting([.. bookmarks]) { Send = [ActivityDeeds.Tell("agreement.toSign", "P", scene.Order.PersonId, scene.Reference)] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        AgreementId = (await new OrderQueries(db).Agreement(OrderId, cancellationToken))!.Id;
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("Refused") { Send = [OrderStop.PassOn(OrderId, wakeup.Payload)] };
        if (wakeup.IsTimer)
            return wakeup.Bookmark == "sign.due"
                ? new Completed("NotSigned") { Send = [ActivityDeeds.Tell("task.late", "K", scene.Order.CountyCode, scene.Reference)] }
                : new Waiting([]) { Send = [ActivityDeeds.Tell("task.remind", "C", scene.TownshipCode, scene.Reference)] };

        var answer = Answer.From(wakeup);
        var party = Enum.Parse<AgreementParty>(wakeup.Bookmark.Split(':')[0]);
        if (answer.Decision == "Refused")
        {
            await db.Audit(AuditTrail.Case(scene.Case.Id), new AuditDetail("AgreementRefused", new { AgreementId, party, answer.Reason }), context.DeedOf("refuse", answer.By), cancellationToken);
            return new Completed("Refused");
        }

        var binds = await new PlanBook(db).Sign(AgreementId, party, answer.Text("signer") ?? answer.By, context.DeedOf("sign-" + party, answer.By), cancellationToken);
        return binds ? new Completed("Signed") : new Waiting([]);
    }

    private static async Task<AgreementEntry> Entry(ReliefDbContext db, OrderScene scene, CancellationToken cancellationToken)
    {
        var view = (await new OrderQueries(db).Find(scene.Order.Id, cancellationToken))!;
        var price = await new CatalogueQueries(db).PriceOn(scene.Needs[0].ItemCode, scene.Case.AreaCode, scene.Order.PlannedFrom, cancellationToken);
        var text = AuditTrail.Chain(scene.Order.Id, view.Plan?.Id, scene.Order.SupplierId, scene.Order.PlannedFrom, scene.Order.PlannedTo, price?.Label);
        return new AgreementEntry
        {
            OrderId = scene.Order.Id,
            TownshipUnitId = scene.Case.OwnerUnitId,
            ValidFrom = scene.Order.PlannedFrom,
            ValidTo = scene.Order.PlannedTo,
            PriceLabel = price?.Label ?? "",
            Document = "sha256:" + text
        };
    }
}
