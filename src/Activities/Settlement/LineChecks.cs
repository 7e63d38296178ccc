using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.Settlement;

/// <summary>The automatic checks of a line (P10 step 3, INV-05, INV-07): what is wrong with it, if anything.</summary>
internal sealed class LineChecks(ReliefDbContext context)
{
    /// <summary>The verdict: verified, rejected with a reason, or held with a reason for the clerk.</summary>
    public async Task<(LineStatus Status, string? Reason)> Check(SettlementLine line, CancellationToken cancellationToken)
    {
        if (line.Kind == LineKind.Correction)
            return (LineStatus.Verified, null);   // the county has approved it, and what it takes back was checked when it was paid
        if (line.RecordId is null)
            return (LineStatus.Rejected, "NoAcceptedRecord");
        var record = await context.Set<VisitRecord>().SingleAsync(row => row.Id == line.RecordId, cancellationToken);
        if (record.Status != RecordStatus.Accepted)
            return (LineStatus.Rejected, "NoAcceptedRecord");
        if (await context.Set<RecordFreeze>().Where(row => row.RecordId == record.Id && row.LiftedAt == null).Select(row => row.Reason).FirstOrDefaultAsync(cancellationToken) is { } frozen)
            return (LineStatus.Hold, frozen);
        var view = (await new OrderQueries(context).Find(record.OrderId, line.ServiceDate, cancellationToken))!;
        // Each supplier by its own agreement, and by the annex of that day: an order may have been handed over or changed.
        if (!await context.Set<AgreementRecord>().AnyAsync(row => row.OrderId == record.OrderId && row.SupplierId == record.SupplierId && row.Status != AgreementStatus.Drafted
                && row.ValidFrom <= line.ServiceDate && row.ValidTo >= line.ServiceDate, cancellationToken))
            return (LineStatus.Rejected, "OutsideAgreement");
        var person = await context.Set<Person>().SingleAsync(row => row.Id == record.PersonId, cancellationToken);
        if (person.DiedOn < line.ServiceDate || person.MovedOn < line.ServiceDate)
            return (LineStatus.Rejected, "AfterDeathOrMove");
        if (line.PriceVersionId is null)
            return (LineStatus.Hold, "NoPrice");
        if (person.LifeStatus == LifeStatus.DeathReported)
            return (LineStatus.Hold, "DeathReported");   // 0.2b: a report pauses money until a human has checked
        if (await OverQuantity(line, view, cancellationToken))
            return (LineStatus.Hold, "OverQuantity");
        if (!await Eligible(record, cancellationToken))
            return (LineStatus.Hold, "NotEligibleOnDate");
        var supplier = await context.Set<Supplier>().SingleAsync(row => row.Id == record.SupplierId, cancellationToken);
        if (supplier.LicenceUntil < line.ServiceDate)
            return (LineStatus.Rejected, "LicenceExpired");
        return supplier.Status == SupplierStatus.Suspended ? (LineStatus.Hold, "SupplierSuspended") : (LineStatus.Verified, null);
    }

    private async Task<bool> OverQuantity(SettlementLine line, OrderView view, CancellationToken cancellationToken)
    {
        var from = new DateOnly(line.ServiceDate.Year, line.ServiceDate.Month, 1);
        var before = await context.Set<SettlementLine>()
            .Where(row => row.Id != line.Id && row.OrderId == line.OrderId && row.ItemCode == line.ItemCode
                && row.ServiceDate >= from && row.ServiceDate < from.AddMonths(1)
                && (row.Status == LineStatus.Verified || row.Status == LineStatus.Approved || row.Status == LineStatus.Paid))
            .Select(row => row.Quantity).ToListAsync(cancellationToken);
        var planned = view.Lines.FirstOrDefault(row => row.ItemCode == line.ItemCode)?.QuantityPerMonth ?? 0;
        return before.Sum() + line.Quantity > planned;
    }

    // Some category on the day: it may be another one today (E04). On the fast track it is what a reviewer approved: whether the person has one is found out afterwards (P29).
    private async Task<bool> Eligible(VisitRecord record, CancellationToken cancellationToken) =>
        await context.Set<ReliefIdentity>().AnyAsync(
            row => row.PersonId == record.PersonId && row.ValidFrom <= record.ServiceDate && (row.ValidTo == null || row.ValidTo >= record.ServiceDate), cancellationToken)
        || await context.Set<EmergencyRelief>().AnyAsync(row => row.OrderId == record.OrderId && row.FirstDay <= record.ServiceDate && row.LastDay >= record.ServiceDate, cancellationToken);
}
