using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>A supplier disputes a rejected line once, within 5 working days of payment; another clerk decides (P10 step 8, SC-02).</summary>
public sealed class DisputeBook(ReliefDbContext context)
{
    /// <summary>Raises a dispute. The same key again gets the first answer; another one for the line is AlreadyDisputed.</summary>
    public async Task<DisputeResult> Raise(string lineId, string evidence, Deed deed, CancellationToken cancellationToken)
    {
        var line = await context.Locked<SettlementLine>(lineId).SingleOrDefaultAsync(cancellationToken);
        if (line is null)
            return new DisputeResult.Refused("Unknown");
        if (await context.Set<LineDispute>().FirstOrDefaultAsync(row => row.LineId == lineId, cancellationToken) is { } known)
            return known.Id == "dispute-" + deed.Key ? new DisputeResult.Done(known.Id) : new DisputeResult.AlreadyDisputed();
        if (line.Status != LineStatus.Rejected)
            return new DisputeResult.Refused("NotRejected");
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken);
        if (await Until(batch, cancellationToken) is not { } until)
            return new DisputeResult.Refused("NotPaid");
        if (deed.At > until)
            return new DisputeResult.Refused("TooLate");

        var dispute = new LineDispute
        {
            Id = "dispute-" + deed.Key,
            CountyCode = line.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            LineId = lineId,
            Evidence = evidence,
            VerifiedBy = batch.Clerk!
        };
        await context.Insert(dispute, cancellationToken);
        await context.Audit("batch:" + line.BatchId, new AuditDetail("LineDisputed", new { lineId, evidence }), deed, cancellationToken);
        return new DisputeResult.Done(dispute.Id);
    }

    /// <summary>
    /// Decides a dispute, by another clerk than verified the line. Overturned: the line stays Rejected, its amount is set aside again, and the
    /// next batch pays the record on a line linked to this one.
    /// </summary>
    public async Task<DisputeResult> Decide(DisputeDecision decision, Deed deed, CancellationToken cancellationToken)
    {
        var line = await context.Locked<SettlementLine>(decision.LineId).SingleOrDefaultAsync(cancellationToken);
        var dispute = await context.Set<LineDispute>().FirstOrDefaultAsync(row => row.LineId == decision.LineId, cancellationToken);
        if (line is null || dispute is null)
            return new DisputeResult.Refused("Unknown");
        if (dispute.Outcome is not null)
            return dispute.Outcome == decision.Outcome ? new DisputeResult.Done(dispute.Id) : new DisputeResult.Refused("Decided");
        if (dispute.VerifiedBy == deed.By)
            return new DisputeResult.Refused("SameClerk");
        if (decision.Outcome == DisputeOutcome.Overturned && await Reserve(line, decision, deed, cancellationToken) is { } problem)
            return new DisputeResult.Refused(problem);

        if (decision is { Outcome: DisputeOutcome.Overturned, RecordId: { } recordId })
            await new CorrectionBook(context).Lift(recordId, deed, cancellationToken);
        await context.Replace(dispute with { DecidedBy = deed.By, DecidedAt = deed.At, Outcome = decision.Outcome, RecordId = decision.RecordId }, cancellationToken);
        await context.Audit("batch:" + line.BatchId, new AuditDetail("DisputeDecided", decision), deed, cancellationToken);
        return new DisputeResult.Done(dispute.Id);
    }

    /// <summary>An appeal overturns a line whose dispute was upheld, or whose time for one is over (P25): paid as after an overturned dispute, by the word of who reviewed the appeal.</summary>
    public async Task<DisputeResult> Reverse(string lineId, (string RecordId, string Evidence) said, Deed deed, CancellationToken cancellationToken)
    {
        var line = await context.Locked<SettlementLine>(lineId).SingleAsync(cancellationToken);
        var batch = await context.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken);
        var dispute = await context.Set<LineDispute>().FirstOrDefaultAsync(row => row.LineId == lineId, cancellationToken);
        if (dispute?.Outcome == DisputeOutcome.Overturned)
            return new DisputeResult.Done(dispute.Id);
        if (line.Status != LineStatus.Rejected)
            return new DisputeResult.Refused("NotRejected");
        if (batch.Clerk == deed.By)
            return new DisputeResult.Refused("SameClerk");
        var decision = new DisputeDecision(lineId, DisputeOutcome.Overturned, said.RecordId);
        if (await Reserve(line, decision, deed, cancellationToken) is { } problem)
            return new DisputeResult.Refused(problem);

        await new CorrectionBook(context).Lift(said.RecordId, deed, cancellationToken);
        if (dispute is null)
        {
            dispute = new LineDispute { Id = "dispute-" + deed.Key, CountyCode = line.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, LineId = lineId, Evidence = said.Evidence, VerifiedBy = batch.Clerk! };
            await context.Insert(dispute, cancellationToken);
        }

        await context.Replace(dispute with { DecidedBy = deed.By, DecidedAt = deed.At, Outcome = DisputeOutcome.Overturned, RecordId = said.RecordId }, cancellationToken);
        await context.Audit("batch:" + line.BatchId, new AuditDetail("DisputeReversed", new { lineId, said.Evidence, said.RecordId }), deed, cancellationToken);
        return new DisputeResult.Done(dispute.Id);
    }

    /// <summary>The last moment at which a line may be disputed, by the parameter and calendar that hold; null before its batch is paid.</summary>
    public async Task<DateTimeOffset?> Until(SettlementLine line, CancellationToken cancellationToken) =>
        await Until(await context.Set<SettlementBatch>().SingleAsync(row => row.Id == line.BatchId, cancellationToken), cancellationToken);

    private async Task<DateTimeOffset?> Until(SettlementBatch batch, CancellationToken cancellationToken) => batch.PaidAt is { } paidAt
        ? (await new Deadlines(context).Of("settlement.dispute", batch.TownshipCode, paidAt, cancellationToken)).Due
        : null;

    private async Task<string?> Reserve(SettlementLine line, DisputeDecision decision, Deed deed, CancellationToken cancellationToken)
    {
        var accepted = await context.Set<VisitRecord>()
            .AnyAsync(row => row.Id == decision.RecordId && row.OrderId == line.OrderId && row.Status == RecordStatus.Accepted, cancellationToken);
        if (!accepted)
            return "RecordNotAccepted";
        var reservationId = await context.Set<Order>().Where(order => order.Id == line.OrderId).Select(order => order.ReservationId).SingleAsync(cancellationToken);
        reservationId = await new FundQueries(context).ReservationOn(line.OrderId!, reservationId, line.ServiceDate, cancellationToken);
        var standing = await new FundQueries(context).Standing(reservationId!, cancellationToken);
        var step = new Deed(deed.By, deed.At, $"dispute:{line.Id}/reserve");
        return await new ReservationBook(context).AdjustTo(reservationId!, standing + line.Amount, step, cancellationToken) switch
        {
            FundResult.Posted => null,
            FundResult.RuleViolation(var rule) => rule,
            _ => "FundShort"
        };
    }
}
