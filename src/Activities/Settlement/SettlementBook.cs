using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Verifies, approves, pays and closes batches (P10 steps 3 to 7): four eyes, accepted records only, never above the reservation.</summary>
public sealed class SettlementBook(ReliefDbContext context)
{
    private readonly ReservationBook _reservations = new(context);

    /// <summary>Checks every claimed or held line and splits the good ones over their reservation's accounts (INV-04, INV-05, INV-07). The deed's author is the clerk.</summary>
    public async Task<SettlementResult> Verify(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status is not (BatchStatus.Claimed or BatchStatus.Verifying or BatchStatus.Reviewed or BatchStatus.Returned))
            return new SettlementResult.WrongState(batch.Status);
        var checks = new LineChecks(context);
        foreach (var line in await Lines(batchId, LineStatus.Claimed, LineStatus.Hold, cancellationToken))
        {
            if (line.Reason == "ClaimDiffers")
                continue;   // only a clerk lets it pass
            var (status, reason) = await checks.Check(line, cancellationToken);
            if (status == LineStatus.Verified)
                await Split(line, cancellationToken);
            else
                await context.Replace(line with { Status = status, Reason = reason }, cancellationToken);
        }

        return await Reviewed(batch with { Clerk = deed.By }, deed, cancellationToken);
    }

    /// <summary>A clerk lets a held line pass, or rejects it, with a reason.</summary>
    public async Task<SettlementResult> Resolve(HoldDecision decision, Deed deed, CancellationToken cancellationToken)
    {
        var line = await context.Set<SettlementLine>().FirstOrDefaultAsync(row => row.Id == decision.LineId, cancellationToken);
        if (line is null || await Locked(line.BatchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (line.Status != LineStatus.Hold || batch.Status is not (BatchStatus.Reviewed or BatchStatus.Verifying))
            return new SettlementResult.WrongState(batch.Status);
        if (decision.Passes && await context.Set<RecordFreeze>().AnyAsync(row => row.RecordId == line.RecordId && row.LiftedAt == null, cancellationToken))
            return new SettlementResult.Refused("RecordFrozen");
        if (decision.Passes)
            await Split(line with { Reason = decision.Reason }, cancellationToken);
        else
            await context.Replace(line with { Status = LineStatus.Rejected, Reason = decision.Reason }, cancellationToken);
        return await Reviewed(batch with { Clerk = deed.By }, deed, cancellationToken);
    }

    /// <summary>Approves the verified lines and commits their money, all or nothing. Never by the clerk, never by who surveyed one of the cases (INV-09).</summary>
    public async Task<SettlementResult> Approve(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        var approved = await Lines(batchId, LineStatus.Approved, LineStatus.Paid, cancellationToken);
        if (batch.Approver is not null && approved.Count > 0)
            return new SettlementResult.Done(batchId, approved.Sum(line => line.Amount));
        if (batch.Status != BatchStatus.Reviewed)
            return new SettlementResult.WrongState(batch.Status);
        if (batch.Clerk == deed.By)
            return new SettlementResult.Refused("SamePerson");
        if (await Surveyed(batchId, deed.By, cancellationToken))
            return new SettlementResult.Refused("SurveyorApproves");

        var lines = await Lines(batchId, LineStatus.Verified, LineStatus.Verified, cancellationToken);
        var shares = await Shares(lines, isTakenBack: false, cancellationToken);
        if (await _reservations.Commit(shares, batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/approve"), cancellationToken) is not FundResult.Posted)
            return new SettlementResult.Refused("FundShort");
        foreach (var line in lines)
            await context.Replace(line with { Status = LineStatus.Approved }, cancellationToken);
        await Set(batch with { Status = BatchStatus.Approved, Approver = deed.By, ApprovedAt = deed.At }, "BatchApproved", deed, cancellationToken);
        return new SettlementResult.Done(batchId, lines.Sum(line => line.Amount));
    }

    /// <summary>Sends a reviewed batch back to the clerk; its lines are verified anew.</summary>
    public async Task<SettlementResult> Return(string batchId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status != BatchStatus.Reviewed)
            return new SettlementResult.WrongState(batch.Status);
        foreach (var line in await Lines(batchId, LineStatus.Verified, LineStatus.Verified, cancellationToken))
        {
            await context.Set<LineSplit>().Where(split => split.LineId == line.Id).ExecuteDeleteAsync(cancellationToken);
            await context.Replace(line with { Status = LineStatus.Claimed, Reason = reason }, cancellationToken);
        }

        await Set(batch with { Status = BatchStatus.Returned }, "BatchReturned", deed, cancellationToken);
        return new SettlementResult.Done(batchId, 0);
    }

    /// <summary>Records the bank's voucher: lines are Paid, records Settled, the money spent.</summary>
    public async Task<SettlementResult> Pay(string batchId, string voucher, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.PaidAt is not null)
            return new SettlementResult.Done(batchId, batch.PaidTotal);
        if (batch.Status != BatchStatus.Approved)
            return new SettlementResult.WrongState(batch.Status);
        var lines = await Lines(batchId, LineStatus.Approved, LineStatus.Approved, cancellationToken);
        var spent = await _reservations.Spend(await Shares(lines, isTakenBack: false, cancellationToken), batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/pay"), cancellationToken);
        var takenBack = await _reservations.ClawBack(await Shares(lines, isTakenBack: true, cancellationToken), batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/clawback"), cancellationToken);
        if (spent is not FundResult.Posted || takenBack is not FundResult.Posted)
            return new SettlementResult.Refused("NotCommitted");
        foreach (var line in lines)
        {
            await context.Replace(line with { Status = LineStatus.Paid }, cancellationToken);
            if (line.RecordId is { } recordId)
                await context.Set<VisitRecord>().Where(row => row.Id == recordId)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, RecordStatus.Settled), cancellationToken);
        }

        var total = lines.Sum(line => line.Amount);
        await Set(batch with { Status = BatchStatus.Paid, PaidAt = deed.At, Voucher = voucher, PaidTotal = total }, "BatchPaid", deed, cancellationToken);
        return new SettlementResult.Done(batchId, total);
    }

    /// <summary>Gives back what the month's plans reserved and nobody delivered, and closes the batch. The total is what was given back.</summary>
    public async Task<SettlementResult> Close(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status == BatchStatus.Closed)
            return new SettlementResult.Done(batchId, 0);
        if (batch.Status != BatchStatus.Paid)
            return new SettlementResult.WrongState(batch.Status);
        decimal released = 0;
        foreach (var unused in await new UnusedMonth(context).Of(batch, cancellationToken))
        {
            var step = new Deed(deed.By, deed.At, $"batch:{batchId}/release/{unused.OrderId}/{unused.ReservationId}");
            if (await _reservations.Release(unused.ReservationId, unused.Amount, step, cancellationToken) is FundResult.Posted)
                released += unused.Amount;
        }

        await Set(batch with { Status = BatchStatus.Closed }, "BatchClosed", deed, cancellationToken);
        return new SettlementResult.Done(batchId, released);
    }

    private async Task Split(SettlementLine line, CancellationToken cancellationToken)
    {
        if (line.Kind == LineKind.Correction)
        {
            var paid = await context.Set<LineSplit>().Where(split => split.LineId == line.OrigLineId).OrderBy(split => split.Id).ToListAsync(cancellationToken);
            await context.InsertAll([.. paid.Select((split, at) => split with { Id = $"{line.Id}-{at + 1}", LineId = line.Id, Amount = -split.Amount })], cancellationToken);
            await context.Replace(line with { Status = LineStatus.Verified }, cancellationToken);
            return;
        }

        var reservationId = await context.Set<Order>().Where(order => order.Id == line.OrderId).Select(order => order.ReservationId).SingleAsync(cancellationToken);
        reservationId = await new FundQueries(context).ReservationOn(line.OrderId!, reservationId, line.ServiceDate, cancellationToken);
        var parts = reservationId is null ? [] : await new FundQueries(context).Parts(reservationId, cancellationToken);
        List<LineSplit> splits = [];
        var missing = line.Amount;
        foreach (var part in parts)
        {
            var share = Math.Min(missing, ReservationBook.Remaining(part) - await Pending(part.Id, cancellationToken));
            if (share <= 0)
                continue;
            missing -= share;
            splits.Add(new LineSplit { Id = $"{line.Id}-{part.Rank}", LineId = line.Id, PartId = part.Id, AccountId = part.AccountId, Amount = share });
        }

        if (missing > 0)
        {
            await context.Replace(line with { Status = LineStatus.Hold, Reason = "FundShort" }, cancellationToken);
            return;
        }

        await context.InsertAll(splits, cancellationToken);
        await context.Replace(line with { Status = LineStatus.Verified, Reason = line.Status == LineStatus.Hold ? line.Reason : null }, cancellationToken);
    }

    // What verified lines, not yet approved, will take from a share.
    private async Task<decimal> Pending(string partId, CancellationToken cancellationToken) =>
        (await (from split in context.Set<LineSplit>()
                join line in context.Set<SettlementLine>() on split.LineId equals line.Id
                where split.PartId == partId && line.Status == LineStatus.Verified && line.Kind != LineKind.Correction
                select split.Amount).ToListAsync(cancellationToken)).Sum();

    private async Task<SettlementResult> Reviewed(SettlementBatch batch, Deed deed, CancellationToken cancellationToken)
    {
        await Set(batch with { Status = BatchStatus.Reviewed }, "BatchVerified", deed, cancellationToken);
        var held = await Lines(batch.Id, LineStatus.Hold, LineStatus.Hold, cancellationToken);
        var total = (await Lines(batch.Id, LineStatus.Verified, LineStatus.Verified, cancellationToken)).Sum(line => line.Amount);
        return held.Count > 0 ? new SettlementResult.HasHold(batch.Id, held.Count, total) : new SettlementResult.Done(batch.Id, total);
    }

    private async Task<bool> Surveyed(string batchId, string staffId, CancellationToken cancellationToken) =>
        await (from line in context.Set<SettlementLine>()
               join order in context.Set<Order>() on line.OrderId equals order.Id
               join survey in context.Set<SurveyRecord>() on order.CaseId equals survey.CaseId
               join signer in context.Set<SurveySigner>() on survey.Id equals signer.SurveyId
               where line.BatchId == batchId && signer.StaffId == staffId
               select signer.Id).AnyAsync(cancellationToken);

    // What is taken back is never set off against what is paid: the ledger shows both.
    private async Task<IReadOnlyList<PartAmount>> Shares(IReadOnlyList<SettlementLine> lines, bool isTakenBack, CancellationToken cancellationToken)
    {
        var ids = lines.Where(line => (line.Kind == LineKind.Correction) == isTakenBack).Select(line => line.Id).ToList();
        var splits = await context.Set<LineSplit>().Where(split => ids.Contains(split.LineId)).ToListAsync(cancellationToken);
        return [.. splits.GroupBy(split => split.PartId).Select(group => new PartAmount(group.Key, Math.Abs(group.Sum(split => split.Amount))))
            .OrderBy(share => share.PartId, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<SettlementLine>> Lines(string batchId, LineStatus one, LineStatus other, CancellationToken cancellationToken) =>
        await context.Set<SettlementLine>().Where(row => row.BatchId == batchId && (row.Status == one || row.Status == other))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<SettlementBatch?> Locked(string batchId, CancellationToken cancellationToken)
    {
        await context.Lock<SettlementBatch>(batchId, cancellationToken);
        return await context.Set<SettlementBatch>().FirstOrDefaultAsync(row => row.Id == batchId, cancellationToken);
    }

    private async Task Set(SettlementBatch batch, string what, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(batch, cancellationToken);
        await context.Audit("batch:" + batch.Id, new AuditDetail(what, new { batch.Status, batch.PaidTotal, batch.Voucher }), deed, cancellationToken);
    }
}
