using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.InKind;

/// <summary>Writes the in-kind ledger: goods never become money, and a line is never changed (INV-25). Shared by charities and party branches.</summary>
public sealed class InKindBook(ReliefDbContext context)
{
    /// <summary>Books goods that an order's person got, once per key; the same receipt of a donor cannot be booked twice.</summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public async Task<InKindResult> Give(string orderId, InKindGift gift, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("in-kind:" + gift.DonorId, cancellationToken);
        if (await Known(deed, cancellationToken) is { } known)
            return new InKindResult.Booked(known);
        if (gift.Problem is { } problem)
            return new InKindResult.Refused(problem);
        if (gift.GivenOn > ChinaTime.DayOf(deed.At))
            return new InKindResult.Refused("NotYetGiven");
        if (await context.Set<InKindEntry>().AnyAsync(row => row.DonorId == gift.DonorId && row.Receipt == gift.Receipt && row.CorrectsId == null, cancellationToken))
            return new InKindResult.Refused("ReceiptUsed");
        var order = await context.Set<Order>().SingleAsync(row => row.Id == orderId, cancellationToken);
        return await Write(order.CaseId, new InKindEntry
        {
            Id = deed.NewId(),
            CountyCode = order.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            DonorId = gift.DonorId,
            Goods = gift.Goods,
            Quantity = gift.Quantity,
            Value = gift.Value,
            ReceiverId = order.PersonId,
            Receipt = gift.Receipt,
            GivenOn = gift.GivenOn == default ? ChinaTime.DayOf(deed.At) : gift.GivenOn,
            OrderId = orderId,
            IdemKey = deed.Key
        }, "InKindGiven", deed, cancellationToken);
    }

    /// <summary>Takes a line back by its opposite, once: what was booked by mistake or never arrived.</summary>
    public async Task<InKindResult> TakeBack(string entryId, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("in-kind-back:" + entryId, cancellationToken);
        if (await Known(deed, cancellationToken) is { } known)
            return new InKindResult.Booked(known);
        var entry = await context.Set<InKindEntry>().FirstOrDefaultAsync(row => row.Id == entryId && row.CorrectsId == null, cancellationToken);
        if (entry is null)
            return new InKindResult.Refused("UnknownEntry");
        if (await context.Set<InKindEntry>().AnyAsync(row => row.CorrectsId == entryId, cancellationToken))
            return new InKindResult.Refused("TakenBack");
        var order = await context.Set<Order>().SingleAsync(row => row.Id == entry.OrderId, cancellationToken);
        var opposite = entry with { Id = deed.NewId(), CreatedAt = deed.At, CreatedBy = deed.By, Quantity = -entry.Quantity, Value = -entry.Value, CorrectsId = entry.Id, IdemKey = deed.Key };
        return await Write(order.CaseId, opposite, "InKindTakenBack", deed, cancellationToken);
    }

    private Task<InKindEntry?> Known(Deed deed, CancellationToken cancellationToken) =>
        context.Set<InKindEntry>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken);

    private async Task<InKindResult> Write(string caseId, InKindEntry entry, string what, Deed deed, CancellationToken cancellationToken)
    {
        await context.Insert(entry, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail(what, new { entry.Id, entry.DonorId, entry.Goods, entry.Quantity, entry.Value, entry.Receipt }), deed, cancellationToken);
        return new InKindResult.Booked(entry);
    }
}
