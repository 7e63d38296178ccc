using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Orders;

/// <summary>Service plans in versions, and the agreement that follows (P07 step 5, PW1 steps 4 and 5).</summary>
public sealed class PlanBook(ReliefDbContext context)
{
    private readonly OrderBook _orders = new(context);

    /// <summary>Submits the next version of a plan; the order waits for the person's agreement then.</summary>
    public async Task<OrderResult> Submit(PlanEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var id = "plan-" + deed.Key;
        await context.Lock<Order>(entry.OrderId, cancellationToken);
        if (await context.Set<PlanVersion>().AnyAsync(row => row.Id == id, cancellationToken))
            return new OrderResult.Done(id);
        var moved = await _orders.Move(entry.OrderId, OrderStatus.PlanSubmitted, deed, cancellationToken);
        if (moved is not OrderResult.Done)
            return moved;
        var version = await context.Set<PlanVersion>().CountAsync(row => row.OrderId == entry.OrderId, cancellationToken) + 1;
        await context.Insert(new PlanVersion
        {
            Id = id,
            OrderId = entry.OrderId,
            Version = version,
            Goals = entry.Goals,
            ScheduleRule = entry.ScheduleRule,
            Status = PlanStatus.Submitted,
            SubmittedBy = deed.By,
            SubmittedAt = deed.At
        }, cancellationToken);
        PlanLine[] lines = [.. entry.Lines.Select((line, index) => new PlanLine
        {
            Id = $"{id}-{index + 1}",
            PlanId = id,
            ItemCode = line.ItemCode,
            QuantityPerMonth = line.QuantityPerMonth,
            VisitsPerMonth = line.VisitsPerMonth
        })];
        await context.InsertAll(lines, cancellationToken);
        return new OrderResult.Done(id);
    }

    /// <summary>The person agrees to the plan submitted last.</summary>
    public Task<OrderResult> Agree(string orderId, string agreedBy, Deed deed, CancellationToken cancellationToken) =>
        Answer(orderId, OrderStatus.PlanAgreed, plan => plan with { Status = PlanStatus.Agreed, AgreedBy = agreedBy, AgreedAt = deed.At }, deed, cancellationToken);

    /// <summary>The plan submitted last is returned to the supplier.</summary>
    public Task<OrderResult> Return(string orderId, string reason, Deed deed, CancellationToken cancellationToken) =>
        Answer(orderId, OrderStatus.PlanReturned, plan => plan with { Status = PlanStatus.Returned, ReturnReason = reason }, deed, cancellationToken);

    /// <summary>Drafts the agreement of an agreed plan, once per order that has no other in force.</summary>
    public async Task<OrderResult> Draft(AgreementEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        var order = await context.Locked<Order>(entry.OrderId).SingleOrDefaultAsync(cancellationToken);
        if (order?.SupplierId is null)
            return new OrderResult.Unknown();
        var known = await context.Set<AgreementRecord>().FirstOrDefaultAsync(row => row.OrderId == entry.OrderId && row.Status != AgreementStatus.Ended, cancellationToken);
        if (known is not null)
            return new OrderResult.Done(known.Id);
        if (order.Status != OrderStatus.PlanAgreed)
            return new OrderResult.WrongState(order.Status);
        var agreement = new AgreementRecord
        {
            Id = deed.NewId(),
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            OrderId = order.Id,
            SupplierId = order.SupplierId,
            PersonId = order.PersonId,
            TownshipUnitId = entry.TownshipUnitId,
            ValidFrom = entry.ValidFrom,
            ValidTo = entry.ValidTo,
            Status = AgreementStatus.Drafted,
            PriceLabel = entry.PriceLabel,
            Document = entry.Document
        };
        await context.Insert(agreement, cancellationToken);
        return new OrderResult.Done(agreement.Id);
    }

    /// <summary>Takes one party's signature; with the third the agreement binds and the order is AgreementSigned. True when it binds.</summary>
    public async Task<bool> Sign(string agreementId, AgreementParty party, string signer, Deed deed, CancellationToken cancellationToken)
    {
        var agreement = await context.Locked<AgreementRecord>(agreementId).SingleAsync(cancellationToken);
        var signed = await context.Set<AgreementSignature>().Where(row => row.AgreementId == agreementId).Select(row => row.Party).ToListAsync(cancellationToken);
        if (!signed.Contains(party))
        {
            await context.Insert(new AgreementSignature
            {
                Id = $"{agreementId}-{party}",
                AgreementId = agreementId,
                Party = party,
                Signer = signer,
                SignedAt = deed.At
            }, cancellationToken);
            signed.Add(party);
        }

        if (signed.Count < Enum.GetValues<AgreementParty>().Length || agreement.Status != AgreementStatus.Drafted)
            return agreement.Status == AgreementStatus.Signed;
        await context.Replace(agreement with { Status = AgreementStatus.Signed }, cancellationToken);
        await _orders.Move(agreement.OrderId, OrderStatus.AgreementSigned, deed, cancellationToken);
        return true;
    }

    /// <summary>Another plan holds for an order in service from a day on; what was agreed before holds for the days before.</summary>
    public async Task Amend((string OrderId, string Schedule, IReadOnlyList<PlannedItem> Lines) to, DateOnly from, string agreedBy, Deed deed, CancellationToken cancellationToken)
    {
        var id = "plan-" + deed.Key;
        await context.Lock<Order>(to.OrderId, cancellationToken);
        if (await context.Set<PlanVersion>().AnyAsync(row => row.Id == id, cancellationToken))
            return;
        var last = await context.Set<PlanVersion>().Where(row => row.OrderId == to.OrderId).OrderByDescending(row => row.Version).FirstAsync(cancellationToken);
        await context.Insert(last with
        {
            Id = id, Version = last.Version + 1, ScheduleRule = to.Schedule, Status = PlanStatus.Agreed, SubmittedBy = deed.By, SubmittedAt = deed.At, AgreedBy = agreedBy, AgreedAt = deed.At,
            ReturnReason = null, ValidFrom = from
        }, cancellationToken);
        await context.InsertAll([.. to.Lines.Select((line, index) => new PlanLine
        {
            Id = $"{id}-{index + 1}", PlanId = id, ItemCode = line.ItemCode, QuantityPerMonth = line.QuantityPerMonth, VisitsPerMonth = line.VisitsPerMonth
        })], cancellationToken);
    }

    /// <summary>An annex follows an agreement from a day on, under the decision that it carries out, with whoever signed it.</summary>
    public async Task Annex(AgreementRecord old, (DateOnly From, string Document, IReadOnlyList<(AgreementParty Party, string Signer)> Signers) annex, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<AgreementRecord>(old.Id, cancellationToken);
        var first = annex.From > old.ValidFrom ? annex.From : old.ValidFrom;
        await context.Replace(first > old.ValidFrom ? old with { Status = AgreementStatus.Ended, ValidTo = first.AddDays(-1) } : old with { Status = AgreementStatus.Ended }, cancellationToken);
        var id = deed.NewId();
        await context.Insert(old with { Id = id, CreatedAt = deed.At, CreatedBy = deed.By, ValidFrom = first, Status = AgreementStatus.Signed, Document = annex.Document }, cancellationToken);
        await context.InsertAll([.. annex.Signers.Select(one => new AgreementSignature { Id = $"{id}-{one.Party}", AgreementId = id, Party = one.Party, Signer = one.Signer, SignedAt = deed.At })], cancellationToken);
    }

    private async Task<OrderResult> Answer(
        string orderId, OrderStatus to, Func<PlanVersion, PlanVersion> change, Deed deed, CancellationToken cancellationToken)
    {
        var moved = await _orders.Move(orderId, to, deed, cancellationToken);
        if (moved is not OrderResult.Done)
            return moved;
        var plan = await context.Set<PlanVersion>().Where(row => row.OrderId == orderId).OrderByDescending(row => row.Version).FirstAsync(cancellationToken);
        if (plan.Status == PlanStatus.Submitted)
            await context.Replace(change(plan), cancellationToken);
        return new OrderResult.Done(plan.Id);
    }
}
