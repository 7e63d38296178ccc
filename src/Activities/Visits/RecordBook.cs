using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Visits;

/// <summary>Takes service records in and decides on them (P08). Only an accepted record is ever paid (INV-05).</summary>
public sealed class RecordBook(ReliefDbContext context)
{
    private static readonly TimeSpan Late = TimeSpan.FromHours(24);
    private static readonly TimeSpan TooLate = TimeSpan.FromHours(72);

    /// <summary>The event that the record of a visit has come that was given up, or that a pause had cancelled.</summary>
    public static string Came(string orderId) => $"order:{orderId}:recorded";

    /// <summary>Keeps a record once per key, with flags for what a person must look at: Late, TooLate, Duration, Overlap, OverPlan, AfterDeath, OutsideAgreement.</summary>
    public async Task<RecordResult> Submit(RecordEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Order>(entry.OrderId, cancellationToken);
        if (await context.Set<VisitRecord>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new RecordResult.Done(known.Id, known.Flags);
        var view = await new OrderQueries(context).Find(entry.OrderId, ChinaTime.DayOf(entry.StartAt), cancellationToken);
        if (view?.Order.SupplierId is null)
            return new RecordResult.Unknown();
        var item = await new CatalogueQueries(context).Find(entry.ItemCode, cancellationToken);
        if (Problem(entry, view, item, deed.At) is { } problem)
            return new RecordResult.Invalid(problem);
        if (view.Order.Status == OrderStatus.Ended && await new RecordQueries(context).IsMoneyReturned(entry.OrderId, cancellationToken))
            return new RecordResult.Invalid("MoneyReturned");   // asked under the lock that the giving back takes (P29)

        var record = await Served(Make(entry, view.Order, item!, deed), cancellationToken);
        record = record with { Flags = [.. await Suspicions(record, view, item!, cancellationToken)] };
        await context.Insert(record, cancellationToken);
        await FlagOverlapped(record, cancellationToken);
        if (entry.VisitId is { } visitId && await context.Set<VisitSlot>().FirstOrDefaultAsync(row => row.Id == visitId, cancellationToken) is { } visit)
            await context.Replace(visit with { Status = VisitStatus.Done }, cancellationToken);
        await context.Audit(AuditTrail.Case(view.Order.CaseId), new AuditDetail("RecordSubmitted",
            new { record.Id, record.ItemCode, record.ServiceDate, record.Quantity, record.Flags }), deed, cancellationToken);
        return new RecordResult.Done(record.Id, record.Flags);
    }

    /// <summary>
    /// Accepts a record. Two accepted records of one worker or person never overlap (INV-08) unless the override says why; a record that came
    /// later than 72 hours needs the township's override too (E23).
    /// </summary>
    public async Task<RecordResult> Accept(string recordId, string? overrideReason, Deed deed, CancellationToken cancellationToken)
    {
        var (record, refusal) = await Deciding(recordId, RecordStatus.Accepted, cancellationToken);
        if (record is null)
            return refusal!;
        if (record.Flags.Contains("TooLate") && overrideReason is null)
            return new RecordResult.Invalid("TooLate");
        await context.Lock<Person>(record.PersonId, cancellationToken);
        if (overrideReason is null && await Overlaps(record, accepted: true, cancellationToken))
            return new RecordResult.Invalid("Overlap");
        return await Decide(record with { Status = RecordStatus.Accepted, OverrideReason = overrideReason }, overrideReason, deed, cancellationToken);
    }

    /// <summary>Queries a record: a person asks before it is decided.</summary>
    public Task<RecordResult> Query(string recordId, string reason, Deed deed, CancellationToken cancellationToken) =>
        Refuse(recordId, RecordStatus.Queried, reason, deed, cancellationToken);

    /// <summary>Rejects a record; it is never paid.</summary>
    public Task<RecordResult> Reject(string recordId, string reason, Deed deed, CancellationToken cancellationToken) =>
        Refuse(recordId, RecordStatus.Rejected, reason, deed, cancellationToken);

    private async Task<RecordResult> Refuse(string recordId, RecordStatus to, string reason, Deed deed, CancellationToken cancellationToken)
    {
        var (record, refusal) = await Deciding(recordId, to, cancellationToken);
        return record is null ? refusal! : await Decide(record with { Status = to }, reason, deed, cancellationToken);
    }

    private async Task<(VisitRecord? Record, RecordResult? Refusal)> Deciding(string recordId, RecordStatus to, CancellationToken cancellationToken)
    {
        var record = await context.Locked<VisitRecord>(recordId).SingleOrDefaultAsync(cancellationToken);
        if (record is null)
            return (null, new RecordResult.Unknown());
        if (record.Status == to)
            return (null, new RecordResult.Done(recordId, record.Flags));
        return record.Status is RecordStatus.Submitted or RecordStatus.Queried
            ? (record, null)
            : (null, new RecordResult.WrongState(record.Status));
    }

    private async Task<RecordResult> Decide(VisitRecord record, string? reason, Deed deed, CancellationToken cancellationToken)
    {
        await context.Replace(record with { DecidedBy = deed.By, DecidedAt = deed.At, DecisionReason = reason }, cancellationToken);
        var caseId = await context.Set<Order>().Where(order => order.Id == record.OrderId).Select(order => order.CaseId).SingleAsync(cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail("Record" + record.Status, new { record.Id, Reason = reason }), deed, cancellationToken);
        return new RecordResult.Done(record.Id, record.Flags);
    }

    private static string? Problem(RecordEntry entry, OrderView view, CatalogueItem? item, DateTimeOffset now)
    {
        if (entry.EndAt <= entry.StartAt)
            return "EndsBeforeStart";
        if (entry.EndAt > now)
            return "InTheFuture";
        if (view.Order.Status is not (OrderStatus.Active or OrderStatus.Paused or OrderStatus.Ended))
            return "OrderNotActive";
        return item is null || view.Lines.All(line => line.ItemCode != entry.ItemCode) ? "ItemNotOrdered" : null;
    }

    private static VisitRecord Make(RecordEntry entry, Order order, CatalogueItem item, Deed deed) => new()
    {
        Id = deed.NewId(),
        CountyCode = order.CountyCode,
        CreatedAt = deed.At,
        CreatedBy = deed.By,
        VisitId = entry.VisitId,
        OrderId = order.Id,
        PersonId = order.PersonId,
        SupplierId = order.SupplierId!,
        WorkerId = entry.WorkerId,
        SecondWorkerId = entry.SecondWorkerId,
        ItemCode = entry.ItemCode,
        TwoWorkers = item.TwoWorkers,
        ServiceDate = ChinaTime.DayOf(entry.StartAt),
        StartAt = entry.StartAt,
        EndAt = entry.EndAt,
        Quantity = item.Unit == ItemUnit.Hour ? HalfHours(entry.EndAt - entry.StartAt) : entry.Quantity,
        Content = entry.Content,
        ConfirmedBy = entry.ConfirmedBy,
        Evidence = [.. entry.Evidence],
        Status = RecordStatus.Submitted,
        SubmittedAt = deed.At,
        IdemKey = deed.Key
    };

    // Who served, not who has the order now: a record may come after the order was handed over.
    private async Task<VisitRecord> Served(VisitRecord record, CancellationToken cancellationToken) =>
        await context.Set<Worker>().Where(worker => worker.Id == record.WorkerId).Select(worker => worker.SupplierId).FirstOrDefaultAsync(cancellationToken) is { } supplier
            ? record with { SupplierId = supplier } : record;

    private static decimal HalfHours(TimeSpan duration) => Math.Max(0.5m, Math.Floor((decimal)duration.TotalMinutes / 30m) / 2m);

    private async Task<List<string>> Suspicions(VisitRecord record, OrderView view, CatalogueItem item, CancellationToken cancellationToken)
    {
        List<string> flags = [];
        var delay = record.SubmittedAt - record.EndAt;
        if (delay > Late)
            flags.Add(delay > TooLate ? "TooLate" : "Late");
        var minutes = (record.EndAt - record.StartAt).TotalMinutes;
        var isOff = item.Unit == ItemUnit.BedDay
            ? record.Quantity > Math.Ceiling((decimal)minutes / 1440)   // a month's list of presence, not one visit
            : minutes < item.MinMinutes || minutes > item.MaxMinutes;
        if (isOff)
            flags.Add("Duration");
        if (await Overlaps(record, accepted: false, cancellationToken))
            flags.Add("Overlap");
        if (!await context.Set<AgreementRecord>().AnyAsync(row => row.OrderId == record.OrderId && row.SupplierId == record.SupplierId && row.ValidFrom <= record.ServiceDate && row.ValidTo >= record.ServiceDate, cancellationToken))
            flags.Add("OutsideAgreement");
        if (await OverPlan(record, view, cancellationToken))
            flags.Add("OverPlan");
        var person = await context.Set<Person>().SingleAsync(row => row.Id == record.PersonId, cancellationToken);
        if (person.DiedOn < record.ServiceDate || person.MovedOn < record.ServiceDate)
            flags.Add("AfterDeath");
        return flags;
    }

    private async Task<bool> OverPlan(VisitRecord record, OrderView view, CancellationToken cancellationToken)
    {
        var from = new DateOnly(record.ServiceDate.Year, record.ServiceDate.Month, 1);
        var before = await context.Set<VisitRecord>()
            .Where(row => row.OrderId == record.OrderId && row.ItemCode == record.ItemCode && row.ServiceDate >= from && row.ServiceDate < from.AddMonths(1)
                && row.Status != RecordStatus.Rejected && row.Status != RecordStatus.Voided)
            .Select(row => row.Quantity).ToListAsync(cancellationToken);
        return before.Sum() + record.Quantity > view.Lines.Single(line => line.ItemCode == record.ItemCode).QuantityPerMonth;
    }

    private Task<bool> Overlaps(VisitRecord record, bool accepted, CancellationToken cancellationToken) => Overlapping(record, accepted).AnyAsync(cancellationToken);

    // Which of two overlapping records is untrue nobody can tell from the times: the earlier one is looked at too, also by a spot check (SC-37).
    private async Task FlagOverlapped(VisitRecord record, CancellationToken cancellationToken)
    {
        if (!record.Flags.Contains("Overlap"))
            return;
        var others = await Overlapping(record, accepted: false).Select(row => row.Id).ToListAsync(cancellationToken);
        await context.Lock<VisitRecord>(others, cancellationToken);
        foreach (var other in await context.Set<VisitRecord>().Where(row => others.Contains(row.Id) && row.Status != RecordStatus.Settled).ToListAsync(cancellationToken))
        {
            if (!other.Flags.Contains("Overlap"))
                await context.Replace(other with { Flags = [.. other.Flags, "Overlap"] }, cancellationToken);
        }
    }

    private IQueryable<VisitRecord> Overlapping(VisitRecord record, bool accepted) => context.Set<VisitRecord>().Where(row => row.Id != record.Id
        && row.StartAt < record.EndAt && row.EndAt > record.StartAt
        && (row.WorkerId == record.WorkerId || (row.PersonId == record.PersonId && !(row.TwoWorkers && record.TwoWorkers)))
        && (row.Status == RecordStatus.Accepted || row.Status == RecordStatus.Settled
            || (!accepted && (row.Status == RecordStatus.Submitted || row.Status == RecordStatus.Queried))));
}
