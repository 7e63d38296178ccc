using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Holds a claim against the records: at once when all are decided, else when the clerk verifies.</summary>
internal sealed class ClaimTaking(ReliefDbContext context)
{
    private readonly BatchOpening _opening = new(context);

    /// <summary>Pulls what has been accepted, then takes the claim; while records of the month are undecided it is only taken when told so.</summary>
    public async Task Take(string batchId, ClaimForm claim, bool evenIfPending, Deed deed, CancellationToken cancellationToken)
    {
        for (var part = 1; await _opening.Pull(batchId, deed.Step($"pull-{part}"), cancellationToken) is SettlementResult.More; part++)
            ;   // what was accepted since the opening is little
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == batchId, cancellationToken);
        var key = new BatchKey(batch.CountyCode, batch.TownshipCode, batch.SupplierId, batch.Month);
        if (!evenIfPending && await new PendingRecords(context).Any(key, cancellationToken))
            return;
        List<ClaimedItem> items = [];
        foreach (var line in claim.Lines)
            if ((line.OrderId ?? await OrderOf(batch, line.ItemCode, cancellationToken)) is { } orderId)
                items.Add(new ClaimedItem(orderId, line.ItemCode, line.Quantity));
        await _opening.Claim(batchId, items, deed with { By = claim.By, At = claim.At }, cancellationToken);
    }

    private async Task<string?> OrderOf(SettlementBatch batch, string itemCode, CancellationToken cancellationToken)
    {
        var line = await context.Set<SettlementLine>().Where(row => row.BatchId == batch.Id && row.ItemCode == itemCode && row.OrderId != null)
            .Select(row => row.OrderId).FirstOrDefaultAsync(cancellationToken);
        if (line is not null)
            return line;
        var villages = (await new AreaQueries(context).Below(batch.TownshipCode, cancellationToken)).Select(area => area.Code).Append(batch.TownshipCode).ToList();
        return await (from order in context.Set<Order>()
                      join parent in context.Set<Case>() on order.CaseId equals parent.Id
                      join plan in context.Set<PlanVersion>() on order.Id equals plan.OrderId
                      join item in context.Set<PlanLine>() on plan.Id equals item.PlanId
                      where order.SupplierId == batch.SupplierId && villages.Contains(parent.AreaCode) && item.ItemCode == itemCode
                      orderby order.Id
                      select order.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
