using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Lifecycle;

/// <summary>Ends every order of a person who has died, with the day of death: what was served is settled, the rest goes back, bed, pairs, lists and sheet are free, and nothing else is waited for (E02, INV-19).</summary>
/// <remarks>The pathways themselves were stopped by the interrupt. What this tells goes to suppliers, the village and charities, never to the person or the family.</remarks>
[ChangesRecords]
[Activity("Relief Case", "Ends every order of a person who has died, with the day of death.", Chinese = "终止全部服务")]
public sealed class EndAllOrders : Activity
{
    [Input("The person.", Chinese = "服务对象")]
    public required string PersonId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var person = await db.Set<Person>().SingleAsync(row => row.Id == PersonId, cancellationToken);
        var orders = await db.Set<Order>().Where(row => row.PersonId == PersonId && !OrderFlow.Over.Contains(row.Status)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        List<Message> told = [];
        foreach (var order in orders)
            told.AddRange(await End(db, context, (order, person), cancellationToken));
        await new OpenHelp(db, context).End(PersonId, cancellationToken);
        told.AddRange(await Unreturned(db, cancellationToken));
        foreach (var nomination in await db.Set<Nomination>().Where(row => row.PersonId == PersonId
            && (row.Status == NominationStatus.Nominated || row.Status == NominationStatus.Queued || row.Status == NominationStatus.Accepted)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            told.AddRange(await ListEnds.Leave(db, nomination, "Stopped", context.DeedOf("list:" + nomination.Id), cancellationToken));
        foreach (var notice in await db.Set<NoticeRecord>().Where(row => row.PersonId == PersonId && (row.Status == NoticeStatus.Prepared || row.Status == NoticeStatus.Posted)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
        {
            await new NoticeBook(db).Withdraw(notice.Id, "ended", context.DeedOf("notice:" + notice.Id), cancellationToken);
            told.Add(Tell.Unit("notice.down", "V", person.AreaCode, new { notice = notice.Id }));
        }

        return new Completed(Done) { Send = [.. told.Select(message => message with { PassesHalt = true })] };
    }

    private static async Task<IReadOnlyList<Message>> End(ReliefDbContext db, ActivityContext context, (Order Order, Person Person) of, CancellationToken cancellationToken)
    {
        var (order, diedOn) = (of.Order, of.Person.DiedOn!.Value);
        var served = await new OrderEnd(db, of.Person.AreaCode).On(order, diedOn, context.DeedOf("end:" + order.Id), cancellationToken);
        foreach (var pair in await new PairQueries(db).Of(order.Id, cancellationToken))
        {
            if (pair.Status == PairStatus.Active)
                await new PairBook(db).End(pair.Id, "Stopped", context.DeedOf("pair:" + pair.Id), cancellationToken);
            else if (pair.Status == PairStatus.Proposed)
                await new PairBook(db).Decline(pair.Id, "Stopped", context.DeedOf("pair:" + pair.Id), cancellationToken);
        }

        if (await new PlacementBook(db).Find(order.Id, cancellationToken) is { AdmittedOn: { } admitted, LeftOn: null })
            await new PlacementBook(db).Change(order.Id, known => known with { LeftOn = diedOn > admitted ? diedOn : admitted, ExitReason = "Stopped" }, cancellationToken);
        Message[] undecided = [.. await Undecided(db, order.Id, cancellationToken), .. await Unrecorded(db, order.Id, cancellationToken)];
        if (order.SupplierId is not { } supplier)
            return undecided;
        var scene = await new OrderScenes(db).Of(order.Id, cancellationToken);
        Message[] settled = served && (order.Pathway is "M1" or "M2") ? [StartSettlement.Of(scene, new DateOnly(diedOn.Year, diedOn.Month, 1))] : [];
        return [Tell.Unit("order.stopped", "S", supplier, new { order = order.Id }), .. undecided, .. settled];
    }

    // The visits' own pathways would have had these accepted: what was served is owed, whoever has died.
    private static async Task<IReadOnlyList<Message>> Undecided(ReliefDbContext db, string orderId, CancellationToken cancellationToken)
    {
        var records = await db.Set<VisitRecord>().Where(row => row.OrderId == orderId && (row.Status == RecordStatus.Submitted || row.Status == RecordStatus.Queried)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. records.Select(id => Message.Of(new ChildStart(InstanceIds.Of("accept:" + id), "procedure.delivery.accept", Json(new { recordId = id }), "order:" + orderId, "record:" + id)))];
    }

    // So are those whose record has not come yet: a visit until the day of death counts, and is waited for as long as any other.
    private static async Task<IReadOnlyList<Message>> Unrecorded(ReliefDbContext db, string orderId, CancellationToken cancellationToken)
    {
        var visits = await db.Set<VisitSlot>().Where(row => row.OrderId == orderId && VisitFlow.Going.Contains(row.Status)).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. visits.Select(id => Message.Of(new ChildStart(InstanceIds.Of("served:" + id), "procedure.delivery.served", Json(new { visitId = id }), "order:" + orderId, "visit:" + id)))];
    }

    // The fast track itself was stopped: what its orders have left goes back by a procedure of its own, and does not stay reserved for a record that never comes.
    private async Task<IReadOnlyList<Message>> Unreturned(ReliefDbContext db, CancellationToken cancellationToken)
    {
        var left = await (from emergency in db.Set<EmergencyRelief>()
                          join order in db.Set<Order>() on emergency.OrderId equals order.Id
                          join reservation in db.Set<Reservation>() on order.ReservationId equals reservation.Id
                          where emergency.PersonId == PersonId && reservation.Status != ReservationStatus.Closed
                          orderby emergency.Id
                          select new { emergency.Id, OrderId = order.Id }).ToListAsync(cancellationToken);
        return [.. left.Select(one => Message.Of(new ChildStart(InstanceIds.Of("money:" + one.Id), "procedure.fasttrack.money", Json(new { emergencyId = one.Id }), "order:" + one.OrderId, EmergencyRelief.Chain(one.Id))))];
    }
}
