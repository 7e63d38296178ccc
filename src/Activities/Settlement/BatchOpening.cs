using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Opens a month's batch from accepted records and takes the supplier's claim (P10 steps 1 and 2).</summary>
/// <remarks>Records come in so many at a time, each part in a transaction of its own.</remarks>
public sealed class BatchOpening(ReliefDbContext context)
{
    private const int AtOnce = 250;

    /// <summary>
    /// Opens the batch once per key and pulls every accepted record up to the month's end that stands on no line yet; earlier months' come as
    /// LateLines. The price is that of the service date (INV-06). Paid lines that the county has taken back come as negative lines.
    /// </summary>
    public async Task<SettlementResult> Open(BatchKey key, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("batch:" + key.Id, cancellationToken);
        var known = await context.Set<SettlementBatch>().FirstOrDefaultAsync(row => row.Id == key.Id, cancellationToken);
        if (known is not null)
            return await Opened(key.Id, cancellationToken);
        await context.Insert(new SettlementBatch
        {
            Id = key.Id,
            CountyCode = key.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            TownshipCode = key.TownshipCode,
            SupplierId = key.SupplierId,
            Month = key.Month,
            Status = BatchStatus.Open
        }, cancellationToken);
        await context.Audit("batch:" + key.Id, new AuditDetail("BatchOpened", key), deed, cancellationToken);
        return await Take(key, deed, cancellationToken);
    }

    /// <summary>Pulls what has been accepted since, or the next part of it; a batch takes records until it is verified.</summary>
    public async Task<SettlementResult> Pull(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        var batch = await context.Locked<SettlementBatch>(batchId).SingleOrDefaultAsync(cancellationToken);
        if (batch is null)
            return new SettlementResult.Unknown();
        if (batch.Status is not (BatchStatus.Open or BatchStatus.Claimed or BatchStatus.Returned))
            return new SettlementResult.WrongState(batch.Status);
        return await Take(new BatchKey(batch.CountyCode, batch.TownshipCode, batch.SupplierId, batch.Month), deed, cancellationToken);
    }

    /// <summary>Closes a batch that nobody claimed: its lines are Rejected(NoClaim), and the next month pulls the records again.</summary>
    public async Task<SettlementResult> Abandon(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        var batch = await context.Locked<SettlementBatch>(batchId).SingleOrDefaultAsync(cancellationToken);
        if (batch is null)
            return new SettlementResult.Unknown();
        if (batch.Status != BatchStatus.Open)
            return new SettlementResult.WrongState(batch.Status);
        var lines = await context.Set<SettlementLine>().Where(row => row.BatchId == batchId && row.Status != LineStatus.Rejected).ToListAsync(cancellationToken);
        foreach (var line in lines)
            await context.Replace(line with { Status = LineStatus.Rejected, Reason = "NoClaim" }, cancellationToken);
        await context.Replace(batch with { Status = BatchStatus.Closed }, cancellationToken);
        await context.Audit("batch:" + batchId, new AuditDetail("BatchNotClaimed", lines.Count), deed, cancellationToken);
        return new SettlementResult.Done(batchId, 0);
    }

    /// <summary>
    /// Takes the supplier's claim, once. What it claims beyond the accepted records becomes a line Rejected(NoAcceptedRecord); what it claims
    /// short of them is held for the clerk. An empty claim confirms the batch as it stands.
    /// </summary>
    public async Task<SettlementResult> Claim(string batchId, IReadOnlyList<ClaimedItem> claim, Deed deed, CancellationToken cancellationToken)
    {
        var batch = await context.Locked<SettlementBatch>(batchId).SingleOrDefaultAsync(cancellationToken);
        if (batch is null)
            return new SettlementResult.Unknown();
        var lines = await context.Set<SettlementLine>().Where(row => row.BatchId == batchId).ToListAsync(cancellationToken);
        if (batch.Status != BatchStatus.Open)
            return batch.ClaimedAt is null ? new SettlementResult.WrongState(batch.Status) : Total(batchId, lines);

        foreach (var group in claim.GroupBy(item => (item.OrderId, item.ItemCode)))
        {
            var ours = lines.Where(line => line.OrderId == group.Key.OrderId && line.ItemCode == group.Key.ItemCode && line.Kind != LineKind.Correction).ToList();
            var surplus = group.Sum(item => item.Quantity) - ours.Sum(line => line.Quantity);
            if (surplus > 0)
                await context.Insert(await Rejected(batch, group.Key, surplus, deed, cancellationToken), cancellationToken);
            foreach (var line in surplus < 0 ? ours : [])
                await context.Replace(line with { Status = LineStatus.Hold, Reason = "ClaimDiffers" }, cancellationToken);
        }

        await context.Replace(batch with { Status = BatchStatus.Claimed, ClaimedAt = deed.At }, cancellationToken);
        await context.Audit("batch:" + batchId, new AuditDetail("BatchClaimed", claim), deed, cancellationToken);
        return Total(batchId, lines);
    }

    private async Task<SettlementResult> Take(BatchKey key, Deed deed, CancellationToken cancellationToken)
    {
        var lines = await LinesOf(key, await Unsettled(key, cancellationToken), deed, cancellationToken);
        await context.InsertAll(lines, cancellationToken);
        if (lines.Count == AtOnce)
            return new SettlementResult.More(key.Id, lines[^1].Id);
        foreach (var paid in await new CorrectionBook(context).Due(key, cancellationToken))
            await context.Insert(paid with
            {
                Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By, BatchId = key.Id, Kind = LineKind.Correction, RecordId = null, Quantity = -paid.Quantity,
                Amount = -paid.Amount, Status = LineStatus.Claimed, Reason = null, OrigLineId = paid.Id
            }, cancellationToken);
        return await Opened(key.Id, cancellationToken);
    }

    private async Task<SettlementResult> Opened(string batchId, CancellationToken cancellationToken)
    {
        var lines = await context.Set<SettlementLine>().Where(row => row.BatchId == batchId).ToListAsync(cancellationToken);
        return lines.Count == 0 ? new SettlementResult.Empty(batchId) : Total(batchId, lines);
    }

    private static SettlementResult.Done Total(string batchId, List<SettlementLine> lines) =>
        new(batchId, lines.Where(line => line.Status != LineStatus.Rejected).Sum(line => line.Amount));

    private async Task<List<(VisitRecord Record, string AreaCode)>> Unsettled(BatchKey key, CancellationToken cancellationToken)
    {
        var last = BatchKey.LastOf(key.Month);
        var villages = (await new AreaQueries(context).Below(key.TownshipCode, cancellationToken)).Select(area => area.Code).Append(key.TownshipCode).ToList();
        var rows = await (from record in context.Set<VisitRecord>()
                          join order in context.Set<Order>() on record.OrderId equals order.Id
                          join parent in context.Set<Case>() on order.CaseId equals parent.Id
                          where record.SupplierId == key.SupplierId && record.Status == RecordStatus.Accepted && record.ServiceDate <= last
                              && villages.Contains(parent.AreaCode)
                              && !context.Set<SettlementLine>().Any(line => line.RecordId == record.Id
                                  && (line.Status != LineStatus.Rejected || context.Set<RecordFreeze>().Any(freeze => freeze.RecordId == record.Id && freeze.LiftedAt == null)))
                          orderby record.StartAt
                          select new { record, parent.AreaCode }).Take(AtOnce).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.record, row.AreaCode))];
    }

    // One look at each area's prices and one at the disputes of all: a part is thousands of records' share of a batch.
    private async Task<IReadOnlyList<SettlementLine>> LinesOf(BatchKey key, List<(VisitRecord Record, string AreaCode)> records, Deed deed, CancellationToken cancellationToken)
    {
        var prices = await new CatalogueQueries(context).PricesOn(records.Select(one => (one.Record.ItemCode, one.AreaCode, one.Record.ServiceDate)), cancellationToken);
        var ids = records.Select(one => one.Record.Id).ToList();
        var disputed = (await context.Set<LineDispute>().Where(dispute => dispute.RecordId != null && ids.Contains(dispute.RecordId)).ToListAsync(cancellationToken)).ToLookup(dispute => dispute.RecordId, dispute => dispute.LineId);
        return [.. records.Select(one => LineOf(key, one.Record, (prices[(one.Record.ItemCode, one.AreaCode, one.Record.ServiceDate)], disputed[one.Record.Id].FirstOrDefault()), deed))];
    }

    private static SettlementLine LineOf(BatchKey key, VisitRecord record, (PriceVersion? Price, string? Original) of, Deed deed)
    {
        var price = of.Price;
        return new SettlementLine
        {
            Id = deed.NewId(),
            CountyCode = key.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            BatchId = key.Id,
            Kind = record.ServiceDate >= BatchKey.FirstOf(key.Month) ? LineKind.Record : LineKind.LateLine,
            RecordId = record.Id,
            OrderId = record.OrderId,
            ItemCode = record.ItemCode,
            ServiceDate = record.ServiceDate,
            Quantity = record.Quantity,
            UnitPrice = price?.Price ?? 0,
            PriceVersionId = price?.Id,
            Amount = Yuan(record.Quantity * (price?.Price ?? 0)),
            Status = price is null ? LineStatus.Hold : LineStatus.Claimed,
            Reason = price is null ? "NoPrice" : null,
            OrigLineId = of.Original
        };
    }

    private async Task<SettlementLine> Rejected(
        SettlementBatch batch, (string OrderId, string ItemCode) what, decimal quantity, Deed deed, CancellationToken cancellationToken)
    {
        var date = BatchKey.LastOf(batch.Month);
        var price = await new CatalogueQueries(context).PriceOn(what.ItemCode, batch.TownshipCode, date, cancellationToken);
        return new SettlementLine
        {
            Id = deed.NewId(),
            CountyCode = batch.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            BatchId = batch.Id,
            Kind = LineKind.Record,
            OrderId = what.OrderId,
            ItemCode = what.ItemCode,
            ServiceDate = date,
            Quantity = quantity,
            UnitPrice = price?.Price ?? 0,
            PriceVersionId = price?.Id,
            Amount = Yuan(quantity * (price?.Price ?? 0)),
            Status = LineStatus.Rejected,
            Reason = "NoAcceptedRecord"
        };
    }

    private static decimal Yuan(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
