using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Visits;

/// <summary>Plans visits and follows them until a record stands for them (P08 steps 1 to 4).</summary>
public sealed class VisitBook(ReliefDbContext context)
{
    /// <summary>Plans visits; one that exists at the same time for the same item is left as it is. Returns all ids in the order given.</summary>
    public async Task<IReadOnlyList<string>> Schedule(string orderId, IReadOnlyList<PlannedVisit> visits, Deed deed, CancellationToken cancellationToken)
    {
        var order = await context.Locked<Order>(orderId).SingleAsync(cancellationToken);
        var known = await context.Set<VisitSlot>().Where(row => row.OrderId == orderId).ToListAsync(cancellationToken);
        List<string> ids = [];
        foreach (var visit in visits)
        {
            var slot = known.Find(row => row.ItemCode == visit.ItemCode && row.PlannedStart == visit.Start);
            if (slot is null)
            {
                slot = new VisitSlot
                {
                    Id = deed.NewId(),
                    CountyCode = order.CountyCode,
                    CreatedAt = deed.At,
                    CreatedBy = deed.By,
                    OrderId = orderId,
                    PersonId = order.PersonId,
                    ItemCode = visit.ItemCode,
                    PlannedStart = visit.Start,
                    PlannedEnd = visit.End,
                    Status = VisitStatus.Scheduled
                };
                await context.Insert(slot, cancellationToken);
                known.Add(slot);
            }

            ids.Add(slot.Id);
        }

        return ids;
    }

    /// <summary>Gives visits that a pause cancelled back to their own instances, those that begin after a moment and whose worker may still do them (INV-16). Returns how many.</summary>
    public async Task<int> Restore(IReadOnlyList<string> visitIds, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var slots = await context.Set<VisitSlot>().Where(row => visitIds.Contains(row.Id) && row.Status == VisitStatus.Cancelled && row.PlannedStart > after).ToListAsync(cancellationToken);
        var qualified = await TrainingGate.Qualified(context, slots, cancellationToken);
        var restored = 0;
        foreach (var slot in slots)
        {
            if (slot.WorkerId is { } worker && !qualified[slot.Id].Contains(worker))
                continue;
            await context.Replace(slot with { Status = slot.WorkerId is null ? VisitStatus.Scheduled : VisitStatus.Dispatched }, cancellationToken);
            restored++;
        }

        return restored;
    }

    /// <summary>Gives a visit to a worker, or to another one.</summary>
    public Task<bool> Dispatch(string visitId, string workerId, CancellationToken cancellationToken) =>
        Change(visitId, VisitFlow.Planned, slot => slot with { Status = VisitStatus.Dispatched, WorkerId = workerId }, cancellationToken);

    /// <summary>Ends a planned visit without a record: NoShow, Refused, NobodyHome, Missing, Cancelled.</summary>
    public Task<bool> End(string visitId, VisitStatus status, CancellationToken cancellationToken) =>
        Change(visitId, VisitFlow.Going, slot => slot with { Status = status }, cancellationToken);

    /// <summary>Cancels what is planned for an order from a moment on, or at all, and falls away. Returns it, by its start.</summary>
    public async Task<IReadOnlyList<VisitSlot>> Cancel(string orderId, DateTimeOffset? from, Func<VisitSlot, bool>? falls, CancellationToken cancellationToken)
    {
        var planned = await context.Set<VisitSlot>().Where(row => row.OrderId == orderId && VisitFlow.Planned.Contains(row.Status) && (from == null || row.PlannedStart >= from)).OrderBy(row => row.PlannedStart).ToListAsync(cancellationToken);
        List<VisitSlot> cancelled = [.. planned.Where(falls ?? (_ => true))];
        foreach (var visit in cancelled)
            await End(visit.Id, VisitStatus.Cancelled, cancellationToken);
        return cancelled;
    }

    private async Task<bool> Change(string visitId, VisitStatus[] from, Func<VisitSlot, VisitSlot> change, CancellationToken cancellationToken)
    {
        var slot = await context.Locked<VisitSlot>(visitId).SingleOrDefaultAsync(cancellationToken);
        if (slot is null || !from.Contains(slot.Status))
            return false;
        await context.Replace(change(slot), cancellationToken);
        return true;
    }
}
