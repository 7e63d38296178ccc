using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>Verifies, approves, pays and closes batches (P10 steps 3 to 7): four eyes, accepted records only, never above the reservation.</summary>
/// <remarks>Money moves for a whole batch at once or not at all. What has to be done line by line is done so many at a time, each part in a transaction of its own that holds nothing long.</remarks>
public sealed class SettlementBook(ReliefDbContext context)
{
    private const int CheckedAtOnce = 25;
    private const int MarkedAtOnce = 200;
    private const int ReleasedAtOnce = 5;

    private readonly ReservationBook _reservations = new(context);

    /// <summary>
    /// Checks the next claimed or held lines after one and splits the good ones over their reservation's accounts (INV-04, INV-05, INV-07). The deed's author is the clerk; until all
    /// are checked the batch is Verifying.
    /// </summary>
    public async Task<SettlementResult> Verify(string batchId, string after, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status is not (BatchStatus.Claimed or BatchStatus.Verifying or BatchStatus.Reviewed or BatchStatus.Returned))
            return new SettlementResult.WrongState(batch.Status);
        var checks = new LineChecks(context);
        var lines = await context.Set<SettlementLine>().Where(row => row.BatchId == batchId && (row.Status == LineStatus.Claimed || row.Status == LineStatus.Hold) && row.Id.CompareTo(after) > 0)
            .OrderBy(row => row.Id).Take(CheckedAtOnce).ToListAsync(cancellationToken);
        foreach (var line in lines)
        {
            if (line.Reason == "ClaimDiffers")
                continue;   // only a clerk lets it pass
            var (status, reason) = await checks.Check(line, cancellationToken);
            if (status == LineStatus.Verified)
                await Split(line, cancellationToken);
            else
                await context.Replace(line with { Status = status, Reason = reason }, cancellationToken);
        }

        if (lines.Count < CheckedAtOnce)
            return await Reviewed(batch with { Clerk = deed.By }, deed, cancellationToken);
        await context.Replace(batch with { Status = BatchStatus.Verifying, Clerk = deed.By }, cancellationToken);
        return new SettlementResult.More(batchId, lines[^1].Id);
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

    /// <summary>
    /// Approves the verified lines and commits their money, all or nothing. Never by the clerk, never by who surveyed one of the cases (INV-09). The money is committed at once; the lines
    /// are marked so many at a time, and the batch is ready when the answer is Done.
    /// </summary>
    public async Task<SettlementResult> Approve(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.ApprovedAt is not null && batch.Status is BatchStatus.Approved or BatchStatus.Paid or BatchStatus.Closed)
            return await Mark(batch, cancellationToken);
        if (batch.Status != BatchStatus.Reviewed)
            return new SettlementResult.WrongState(batch.Status);
        if (batch.Clerk == deed.By)
            return new SettlementResult.Refused("SamePerson");
        if (await Surveyed(batchId, deed.By, cancellationToken))
            return new SettlementResult.Refused("SurveyorApproves");

        var shares = await Shares(batchId, LineStatus.Verified, isTakenBack: false, cancellationToken);
        var committed = await _reservations.Commit(shares, batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/approve"), cancellationToken);
        if (committed is not FundResult.Posted)
            return new SettlementResult.Refused((committed as FundResult.RuleViolation)?.Rule ?? "FundShort");
        var approved = batch with { Status = BatchStatus.Approved, Approver = deed.By, ApprovedAt = deed.At };
        await Set(approved, "BatchApproved", deed, cancellationToken);
        return await Mark(approved, cancellationToken);
    }

    /// <summary>Sends a reviewed batch back to the clerk; its lines are verified anew.</summary>
    public async Task<SettlementResult> Return(string batchId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status != BatchStatus.Reviewed)
            return new SettlementResult.WrongState(batch.Status);
        var verified = context.Set<SettlementLine>().Where(row => row.BatchId == batchId && row.Status == LineStatus.Verified);
        await context.Set<LineSplit>().Where(split => verified.Any(line => line.Id == split.LineId)).ExecuteDeleteAsync(cancellationToken);
        await verified.ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, LineStatus.Claimed).SetProperty(row => row.Reason, reason), cancellationToken);
        await Set(batch with { Status = BatchStatus.Returned }, "BatchReturned", deed, cancellationToken);
        return new SettlementResult.Done(batchId, 0);
    }

    /// <summary>Records the bank's voucher: the money is spent at once; lines become Paid and records Settled so many at a time, and the batch is Paid when the answer is Done.</summary>
    public async Task<SettlementResult> Pay(string batchId, string voucher, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.PaidAt is not null)
            return new SettlementResult.Done(batchId, batch.PaidTotal);
        if (batch.Status != BatchStatus.Approved)
            return new SettlementResult.WrongState(batch.Status);
        if (!await context.Set<SettlementLine>().AnyAsync(row => row.BatchId == batchId && row.Status == LineStatus.Paid, cancellationToken) && !await Spent(batchId, deed, cancellationToken))
            return new SettlementResult.Refused("NotCommitted");
        var lines = await Next(batchId, LineStatus.Approved, cancellationToken);
        await context.Set<SettlementLine>().Where(row => lines.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, LineStatus.Paid), cancellationToken);
        await context.Set<VisitRecord>().Where(row => context.Set<SettlementLine>().Any(line => line.RecordId == row.Id && lines.Contains(line.Id)))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, RecordStatus.Settled), cancellationToken);
        if (lines.Count == MarkedAtOnce)
            return new SettlementResult.More(batchId, lines[^1]);
        var total = await Sum(batchId, LineStatus.Paid, LineStatus.Paid, cancellationToken);
        await Set(batch with { Status = BatchStatus.Paid, PaidAt = deed.At, Voucher = voucher, PaidTotal = total }, "BatchPaid", deed, cancellationToken);
        return new SettlementResult.Done(batchId, total);
    }

    /// <summary>
    /// Gives back what the month's plans reserved and nobody delivered, for the next orders after one. The batch is Closed when the answer is Done; its total is what was given back.
    /// </summary>
    public async Task<SettlementResult> Close(string batchId, string after, Deed deed, CancellationToken cancellationToken)
    {
        if (await Locked(batchId, cancellationToken) is not { } batch)
            return new SettlementResult.Unknown();
        if (batch.Status == BatchStatus.Closed)
            return new SettlementResult.Done(batchId, 0);
        if (batch.Status != BatchStatus.Paid)
            return new SettlementResult.WrongState(batch.Status);
        var orders = await new UnusedMonth(context).Orders(batch, after, ReleasedAtOnce, cancellationToken);
        foreach (var unused in await new UnusedMonth(context).Of(batch, orders, cancellationToken))
        {
            var step = new Deed(deed.By, deed.At, $"batch:{batchId}/release/{unused.OrderId}/{unused.ReservationId}");
            await _reservations.Release(unused.ReservationId, unused.Amount, step, cancellationToken);
        }

        if (orders.Count == ReleasedAtOnce)
            return new SettlementResult.More(batchId, orders[^1]);
        await Set(batch with { Status = BatchStatus.Closed }, "BatchClosed", deed, cancellationToken);
        var released = context.Set<LedgerEntry>().Where(row => row.Kind == LedgerEntryKind.Release && row.IdemKey.StartsWith($"batch:{batchId}/release/"));
        return new SettlementResult.Done(batchId, (await released.Select(row => row.Amount).ToListAsync(cancellationToken)).Sum());
    }

    // The lines of an approved batch that are not marked yet: their money is committed, so nothing can stand in their way.
    private async Task<SettlementResult> Mark(SettlementBatch batch, CancellationToken cancellationToken)
    {
        var lines = await Next(batch.Id, LineStatus.Verified, cancellationToken);
        await context.Set<SettlementLine>().Where(row => lines.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, LineStatus.Approved), cancellationToken);
        return lines.Count == MarkedAtOnce ? new SettlementResult.More(batch.Id, lines[^1]) : new SettlementResult.Done(batch.Id, await Sum(batch.Id, LineStatus.Approved, LineStatus.Paid, cancellationToken));
    }

    private async Task<bool> Spent(string batchId, Deed deed, CancellationToken cancellationToken)
    {
        var spent = await Shares(batchId, LineStatus.Approved, isTakenBack: false, cancellationToken);
        var takenBack = await Shares(batchId, LineStatus.Approved, isTakenBack: true, cancellationToken);
        return await _reservations.Spend(spent, batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/pay"), cancellationToken) is FundResult.Posted
            && await _reservations.ClawBack(takenBack, batchId, new Deed(deed.By, deed.At, $"batch:{batchId}/clawback"), cancellationToken) is FundResult.Posted;
    }

    private async Task<List<string>> Next(string batchId, LineStatus status, CancellationToken cancellationToken) =>
        await context.Set<SettlementLine>().Where(row => row.BatchId == batchId && row.Status == status).OrderBy(row => row.Id).Select(row => row.Id).Take(MarkedAtOnce).ToListAsync(cancellationToken);

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
        var held = await context.Set<SettlementLine>().CountAsync(row => row.BatchId == batch.Id && row.Status == LineStatus.Hold, cancellationToken);
        var total = await Sum(batch.Id, LineStatus.Verified, LineStatus.Verified, cancellationToken);
        return held > 0 ? new SettlementResult.HasHold(batch.Id, held, total) : new SettlementResult.Done(batch.Id, total);
    }

    private async Task<bool> Surveyed(string batchId, string staffId, CancellationToken cancellationToken) =>
        await (from line in context.Set<SettlementLine>()
               join order in context.Set<Order>() on line.OrderId equals order.Id
               join survey in context.Set<SurveyRecord>() on order.CaseId equals survey.CaseId
               join signer in context.Set<SurveySigner>() on survey.Id equals signer.SurveyId
               where line.BatchId == batchId && signer.StaffId == staffId
               select signer.Id).AnyAsync(cancellationToken);

    // What is taken back is never set off against what is paid: the ledger shows both.
    private async Task<IReadOnlyList<PartAmount>> Shares(string batchId, LineStatus status, bool isTakenBack, CancellationToken cancellationToken)
    {
        var splits = await (from split in context.Set<LineSplit>()
                            join line in context.Set<SettlementLine>() on split.LineId equals line.Id
                            where line.BatchId == batchId && line.Status == status && (line.Kind == LineKind.Correction) == isTakenBack
                            select new { split.PartId, split.Amount }).ToListAsync(cancellationToken);
        return [.. splits.GroupBy(split => split.PartId).Select(group => new PartAmount(group.Key, Math.Abs(group.Sum(split => split.Amount))))
            .OrderBy(share => share.PartId, StringComparer.Ordinal)];
    }

    private async Task<decimal> Sum(string batchId, LineStatus one, LineStatus other, CancellationToken cancellationToken) =>
        (await context.Set<SettlementLine>().Where(row => row.BatchId == batchId && (row.Status == one || row.Status == other)).Select(row => row.Amount).ToListAsync(cancellationToken)).Sum();

    private async Task<SettlementBatch?> Locked(string batchId, CancellationToken cancellationToken)
    {
        return await context.Locked<SettlementBatch>(batchId).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task Set(SettlementBatch batch, string what, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(batch, cancellationToken);
        await context.Audit("batch:" + batch.Id, new AuditDetail(what, new { batch.Status, batch.PaidTotal, batch.Voucher }), deed, cancellationToken);
    }
}
