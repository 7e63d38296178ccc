using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Carries out what was decided, in one transaction: plan version, annex, money, visits, category, sheet, archive, and everybody is told (A32, P12 step 4).</summary>
/// <remarks>
/// Money that is not there is never promised: then nothing at all is done and the township decides anew (E08). What stops ends its order at once and its pathway by
/// <c>order:{orderId}:stop</c>; orders that are still on their way to service are named to the township and stopped where they wait. The service number stays the person's.
/// </remarks>
[ChangesRecords]
[Activity("Relief Dynamic", "Carries out what was decided about a change.", Chinese = "执行变更")]
[Outcomes("Applied", "Stopped", "Moved", "FundShort")]
public sealed class ApplyChange : Activity
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await ChangeScene.Of(db, ChangeId, context, cancellationToken);
        return scene.Change.Decision switch
        {
            ChangeDecision.Stop => await Stop(scene, cancellationToken),
            ChangeDecision.Transfer => await Transfer(scene, cancellationToken),
            _ => await Change(scene, cancellationToken)
        };
    }

    private async Task<ActivityResult> Change(ChangeScene scene, CancellationToken cancellationToken)
    {
        var change = scene.Change;
        if (change.OrderId is { } orderId && scene.Meant(orderId) is [var order] && !await new OrderChanges(scene, order).Change(cancellationToken))
        {
            await new ChangeBook(scene.Db).Change(ChangeId, ("ChangeNotFunded", null), row => row with { Status = ChangeStatus.Open }, By(scene, "short"), cancellationToken);
            return new Completed("FundShort") { Send = [scene.ToTownship("change.fundShort")] };
        }

        if (change.Category is { } category)
        {
            await new IdentityBook(scene.Db).Recategorise(scene.Person.Id, (category, change.EffectiveOn!.Value, ChangeBook.Chain(ChangeId)), By(scene, "category"), cancellationToken);
            if (scene.Case is { } about)
                await new CaseBook(scene.Db).Place(about.Id, row => row with { Category = category }, By(scene, "case"), cancellationToken);
        }

        if (change.Kind == ChangeKind.Eighteen)
        {
            await new IdentityBook(scene.Db).ComeOfAge(scene.Person.Id, By(scene, "age"), cancellationToken);
            await new ConsentBook(scene.Db).Withdraw(scene.Person.Id, By(scene, "consent"), cancellationToken);
        }
        else
            await new ChangeBook(scene.Db).End(ChangeId, ChangeStatus.Applied, By(scene, "end"), cancellationToken);
        return new Completed("Applied")
        {
            Send = [Decided(scene), .. scene.ToSuppliers("change.decided"), .. scene.Meant(change.OrderId).Where(_ => change.Quantity is not null).Select(order => OrderStop.GoOn(order.Id))]
        };
    }

    private async Task<ActivityResult> Stop(ChangeScene scene, CancellationToken cancellationToken)
    {
        var (change, last) = (scene.Change, scene.Change.EffectiveOn!.Value);
        List<Message> send = [Decided(scene), .. scene.ToSuppliers("change.decided")];
        var stopped = scene.Meant(change.OrderId);
        foreach (var order in stopped)
            send.AddRange(await new OrderChanges(scene, order).Stop(cancellationToken));
        if (stopped.Count == scene.Orders.Count && scene.Case is { } about)
            await new CaseBook(scene.Db).Move(about.Id, CaseStatus.Stopping, change.StopReason.ToString(), By(scene, "case"), cancellationToken);
        if (change.StopReason == StopReason.Moved)
        {
            await new IdentityBook(scene.Db).Leave(scene.Person.Id, last, By(scene, "leave"), cancellationToken);
            // No halt: what was served until that day is still settled, and the sheet still has to come down.
            send.Add(Message.Of(new EventPublished("interrupt:" + scene.Person.Id, null, Json(new { kind = "PersonMoved" }))));
        }
        else if (change is { StopReason: StopReason.NotEligible, Kind: ChangeKind.CategoryChange or ChangeKind.Income, OrderId: null })
            await new IdentityBook(scene.Db).End(scene.Person.Id, last, By(scene, "identity"), cancellationToken);
        if (await Underway(scene, cancellationToken) is { Count: > 0 } underway)
            send.AddRange([scene.ToTownship("change.underway", new { caseNumber = scene.Title, orders = string.Join('、', underway) }), .. underway.Select(order => OrderStop.Tell(order, change.StopReason.ToString()))]);
        await new ChangeBook(scene.Db).End(ChangeId, ChangeStatus.Applied, By(scene, "end"), cancellationToken);
        return new Completed(change.StopReason == StopReason.Moved && scene.Case is not null ? "Moved" : "Stopped") { Send = [.. send] };
    }

    private async Task<ActivityResult> Transfer(ChangeScene scene, CancellationToken cancellationToken)
    {
        var (change, village) = (scene.Change, scene.Change.ToAreaCode!);
        await new IdentityBook(scene.Db).Move(scene.Person.Id, (village, change.EffectiveOn!.Value), By(scene, "move"), cancellationToken);
        var township = await new AreaQueries(scene.Db).TownshipOf(village, cancellationToken);
        if (scene.Case is { } about)
        {
            var owner = await scene.Db.Set<Organisation>().Where(row => row.AreaCode == township && row.Kind == OrganisationKind.Township).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            await new CaseBook(scene.Db).Place(about.Id, row => row with { AreaCode = village, OwnerUnitId = owner ?? row.OwnerUnitId }, By(scene, "case"), cancellationToken);
        }

        await new ChangeBook(scene.Db).End(ChangeId, ChangeStatus.Applied, By(scene, "end"), cancellationToken);
        // What hangs names the village: it comes down there, and another goes up where the person lives now.
        return new Completed("Applied")
        {
            Send = [Decided(scene), .. scene.ToSuppliers("change.decided"), Tell.Unit("change.transferred", "C", township, scene.Reference), Message.Of(new EventPublished(ConsentBook.Changed(scene.Person.Id), null, default))]
        };
    }

    private static Task<List<string>> Underway(ChangeScene scene, CancellationToken cancellationToken)
    {
        OrderStatus[] over = [OrderStatus.Active, OrderStatus.Paused, OrderStatus.Ended, OrderStatus.Cancelled];
        return scene.Change.OrderId is not null ? Task.FromResult<List<string>>([])
            : scene.Db.Set<Order>().Where(row => row.PersonId == scene.Person.Id && !over.Contains(row.Status)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    // With the right of appeal; on paper, for it takes something away.
    private static Message Decided(ChangeScene scene) => Tell.Letter("change.decided", "P", scene.Person.Id,
        new { caseNumber = scene.Title, decision = scene.Change.Decision.ToString(), effectiveOn = scene.Change.EffectiveOn, reason = scene.Change.Adverse ? scene.Change.Reason : null });

    private static Deed By(ChangeScene scene, string step) => scene.Context.DeedOf(step, scene.Change.ReviewedBy ?? scene.Change.ProposedBy ?? ActivityDeeds.System);
}
