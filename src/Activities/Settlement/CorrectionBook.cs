using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Keeps money from records that are not what they say: what is not paid is frozen, what is paid is taken back (P14 step 4, E17).</summary>
public sealed class CorrectionBook(ReliefDbContext context)
{
    /// <summary>
    /// Freezes a record, until it is lifted. Its line is held while its clerk still works on the batch, and rejected when the clerk has done with it; a line
    /// that is approved or paid stays as it is and is returned: it has to be taken back.
    /// </summary>
    public async Task<SettlementLine?> Freeze(string recordId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        var record = await context.Locked<VisitRecord>(recordId).SingleAsync(cancellationToken);
        var before = await context.Set<RecordFreeze>().FirstOrDefaultAsync(row => row.RecordId == recordId, cancellationToken);
        if (before is { LiftedAt: not null })
            await context.Replace(before with { Reason = reason, LiftedAt = null, LiftedBy = null }, cancellationToken);
        if (before is null)
            await context.Insert(new RecordFreeze
            {
                Id = deed.NewId(), CountyCode = record.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, RecordId = recordId, Reason = reason
            }, cancellationToken);
        var batchId = await context.Set<SettlementLine>().Where(row => row.RecordId == recordId && row.Status != LineStatus.Rejected)
            .Select(row => row.BatchId).FirstOrDefaultAsync(cancellationToken);
        if (batchId is null)
            return null;
        await context.Lock<SettlementBatch>(batchId, cancellationToken);
        var line = await context.Set<SettlementLine>().SingleAsync(row => row.RecordId == recordId && row.Status != LineStatus.Rejected, cancellationToken);
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == batchId, cancellationToken);
        if (line.Status is LineStatus.Approved or LineStatus.Paid || line.Status == LineStatus.Verified && batch.Status == BatchStatus.Approved)
            return line;   // of an approved batch the money is committed, though its lines may still be on their way
        var isWithClerk = batch.Status is BatchStatus.Open or BatchStatus.Claimed or BatchStatus.Returned;
        await context.Set<LineSplit>().Where(split => split.LineId == line.Id).ExecuteDeleteAsync(cancellationToken);
        await context.Replace(line with { Status = isWithClerk ? LineStatus.Hold : LineStatus.Rejected, Reason = reason }, cancellationToken);
        await context.Audit("batch:" + batchId, new AuditDetail("LineFrozen", new { line.Id, reason }), deed, cancellationToken);
        return null;
    }

    /// <summary>Lifts a freeze that stands: what was found did not hold. False when there is none.</summary>
    public async Task<bool> Lift(string recordId, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<RecordFreeze>().FirstOrDefaultAsync(row => row.RecordId == recordId && row.LiftedAt == null, cancellationToken) is not { } freeze)
            return false;
        await context.Replace(freeze with { LiftedAt = deed.At, LiftedBy = deed.By }, cancellationToken);
        return true;
    }

    /// <summary>Has an approved or paid line taken back, once; false when the approver is who asks (the deed's author approves).</summary>
    public async Task<bool> TakeBack(SettlementLine line, (string AskedBy, string Reason) why, Deed deed, CancellationToken cancellationToken)
    {
        if (why.AskedBy == deed.By)
            return false;
        await context.Lock<SettlementLine>(line.Id, cancellationToken);
        if (await context.Set<LineCorrection>().AnyAsync(row => row.LineId == line.Id, cancellationToken))
            return true;
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken);
        await context.Insert(new LineCorrection
        {
            Id = deed.NewId(), CountyCode = line.CountyCode, CreatedAt = deed.At, CreatedBy = why.AskedBy, LineId = line.Id, TownshipCode = batch.TownshipCode,
            SupplierId = batch.SupplierId, Reason = why.Reason, ApprovedBy = deed.By
        }, cancellationToken);
        await context.Audit("batch:" + line.BatchId, new AuditDetail("LineTakenBack", new { line.Id, line.Amount, why.Reason, why.AskedBy }), deed, cancellationToken);
        return true;
    }

    /// <summary>The lines of a township and supplier that are paid and to be taken back, and that no batch carries yet.</summary>
    internal async Task<IReadOnlyList<SettlementLine>> Due(BatchKey key, CancellationToken cancellationToken) =>
        await (from correction in context.Set<LineCorrection>()
               join line in context.Set<SettlementLine>() on correction.LineId equals line.Id
               where correction.TownshipCode == key.TownshipCode && correction.SupplierId == key.SupplierId && line.Status == LineStatus.Paid
                   && !context.Set<SettlementLine>().Any(later => later.OrigLineId == line.Id && later.Kind == LineKind.Correction && later.Status != LineStatus.Rejected)
               orderby line.Id
               select line).ToListAsync(cancellationToken);
}
