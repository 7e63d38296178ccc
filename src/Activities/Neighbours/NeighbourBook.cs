using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Enrols helpers, keeps their certificates and their logs.</summary>
public sealed class NeighbourBook(ReliefDbContext context)
{
    /// <summary>Enrols a helper once; who is enrolled stays as they are.</summary>
    public async Task Enrol(NeighbourVolunteer helper, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("helper:" + helper.Id, cancellationToken);
        if (await context.Set<NeighbourVolunteer>().AnyAsync(row => row.Id == helper.Id, cancellationToken))
            return;
        await context.Insert(helper, cancellationToken);
        await context.Audit("helper:" + helper.Id, new AuditDetail("HelperEnrolled", new { helper.AreaCode }), deed, cancellationToken);
    }

    /// <summary>Keeps a certificate, once per id.</summary>
    public async Task Certify(CourseCertificate certificate, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<CourseCertificate>().AnyAsync(row => row.Id == certificate.Id, cancellationToken))
            return;
        await context.Insert(certificate, cancellationToken);
        await context.Audit("helper:" + certificate.HelperId, new AuditDetail("HelperCertified", certificate), deed, cancellationToken);
    }

    /// <summary>Keeps a visit of a paired, certified helper, once per key. The recorder is never the helper.</summary>
    public async Task<LogResult> Record(string orderId, LogForm form, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("help-log:" + orderId, cancellationToken);
        if (await context.Set<NeighbourLog>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new LogResult.Done(known);
        var pair = await context.Set<Pair>().FirstOrDefaultAsync(row => row.OrderId == orderId && row.HelperId == form.HelperId && row.Kind == PairKind.Neighbour
            && row.NoChargeAt != null && row.PairedOn <= form.ServiceDate && (row.EndedOn == null || row.EndedOn >= form.ServiceDate), cancellationToken);
        if (pair is null)
            return new LogResult.Refused("NotPaired");
        var area = await context.Set<Order>().Where(row => row.Id == orderId)
            .Join(context.Set<Cases.Case>(), order => order.CaseId, parent => parent.Id, (_, parent) => parent.AreaCode).SingleAsync(cancellationToken);
        var township = await new AreaQueries(context).TownshipOf(area, cancellationToken);
        if (await FaultOf(form, township, deed, cancellationToken) is { } fault)
            return new LogResult.Refused(fault);
        var log = new NeighbourLog
        {
            Id = deed.NewId(),
            CountyCode = pair.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            TownshipCode = township,
            PairId = pair.Id,
            HelperId = pair.HelperId,
            PersonId = pair.PersonId,
            ServiceDate = form.ServiceDate,
            Content = form.Content!,
            Status = LogStatus.Recorded,
            IdemKey = deed.Key
        };
        await context.Insert(log, cancellationToken);
        await Note(log, "NeighbourLogRecorded", deed, cancellationToken);
        return new LogResult.Done(log);
    }

    /// <summary>Confirms a log, by the person themselves or by a call to them; one that is confirmed stays so.</summary>
    public Task<LogResult> Confirm(string logId, string how, Deed deed, CancellationToken cancellationToken) =>
        Decide(logId, log => log with { Status = LogStatus.Confirmed, ConfirmedHow = how, ConfirmedBy = deed.By, ConfirmedAt = deed.At, Reason = null }, deed, cancellationToken);

    /// <summary>Rejects a log that did not happen as it was written.</summary>
    public Task<LogResult> Reject(string logId, string reason, Deed deed, CancellationToken cancellationToken) =>
        Decide(logId, log => log with { Status = LogStatus.Rejected, Reason = reason }, deed, cancellationToken);

    private async Task<LogResult> Decide(string logId, Func<NeighbourLog, NeighbourLog> change, Deed deed, CancellationToken cancellationToken)
    {
        var log = await context.Locked<NeighbourLog>(logId).SingleOrDefaultAsync(cancellationToken);
        if (log is null)
            return new LogResult.Refused("UnknownLog");
        var changed = change(log);
        if (changed.Status == log.Status)
            return new LogResult.Done(log);
        if (changed.ConfirmedBy == log.HelperId && changed.Status == LogStatus.Confirmed)
            return new LogResult.Refused("RecorderIsHelper");
        await context.Replace(changed, cancellationToken);
        await Note(changed, "NeighbourLog" + changed.Status, deed, cancellationToken);
        return new LogResult.Done(changed);
    }

    private async Task<string?> FaultOf(LogForm form, string township, Deed deed, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(form.Content) ? "NoContent"
        : form.ServiceDate > ChinaTime.DayOf(deed.At) ? "InTheFuture"
        : deed.By == form.HelperId ? "RecorderIsHelper"
        : !await new NeighbourQueries(context).IsCertified(form.HelperId!, form.ServiceDate, cancellationToken) ? "NotCertified"
        : await context.Set<SubsidySheet>().AnyAsync(row => row.TownshipCode == township && row.Year == form.ServiceDate.Year, cancellationToken) ? "YearFrozen"
        : null;

    private async Task Note(NeighbourLog log, string what, Deed deed, CancellationToken cancellationToken) =>
        await context.Audit("helper:" + log.HelperId, new AuditDetail(what, new { log.Id, log.ServiceDate, log.ConfirmedHow, log.Reason }), deed, cancellationToken);
}
