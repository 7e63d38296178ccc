using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Notices;

/// <summary>The long-term public notice: service number, village, 服务类救助, by consent a masked name, and nothing that could give an illness away (P13, INV-15).</summary>
public sealed class NoticeBook(ReliefDbContext context)
{
    private const string Kind = "服务类救助";

    /// <summary>Prepares a case's notice once per key. Never for minors or people with a confidential condition.</summary>
    public async Task<NoticeResult> Prepare(string caseId, string legalBasis, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(caseId, cancellationToken);
        if (await context.Set<NoticeRecord>().FirstOrDefaultAsync(row => row.IdemKey == deed.Key, cancellationToken) is { } known)
            return new NoticeResult.Prepared(known.Id, known.Content);
        var parent = await context.Set<Case>().SingleAsync(row => row.Id == caseId, cancellationToken);
        var facts = (await new PersonQueries(context).Facts(parent.PersonId, ChinaTime.DayOf(deed.At), cancellationToken))!;
        var number = await new ArchiveQueries(context).NumberOf(parent.PersonId, cancellationToken);
        var refusal = facts.Minor ? "Minor" : facts.Confidential ? "Confidential" : number is null ? "NoServiceNumber"
            : string.IsNullOrWhiteSpace(legalBasis) ? "NoLegalBasis" : null;
        if (refusal is not null)
            return new NoticeResult.DoNotPublish(refusal);

        var name = await new ConsentBook(context).Of(parent.PersonId, cancellationToken) is null ? null : MaskedName.Of(facts.Person.Name);
        var village = (await new AreaQueries(context).ChainOf(parent.AreaCode, cancellationToken))[0].Name;
        var notice = new NoticeRecord
        {
            Id = deed.NewId(),
            CountyCode = parent.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            CaseId = caseId,
            PersonId = parent.PersonId,
            ServiceNo = number!,
            VillageName = village,
            ShownName = name,
            Content = name is null ? $"{number} {village} {Kind}" : $"{number} {name} {village} {Kind}",
            LegalBasis = legalBasis,
            Status = NoticeStatus.Prepared,
            IdemKey = deed.Key
        };
        await context.Insert(notice, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail("NoticePrepared", notice.Content), deed, cancellationToken);
        return new NoticeResult.Prepared(notice.Id, notice.Content);
    }

    /// <summary>Puts a notice up, with its proof.</summary>
    public Task<bool> Post(string noticeId, string proof, Deed deed, CancellationToken cancellationToken) =>
        Change(noticeId, NoticeStatus.Prepared, row => row with { Status = NoticeStatus.Posted, PostedAt = deed.At, Proofs = [.. row.Proofs, proof] }, deed, cancellationToken);

    /// <summary>Adds the proof that a notice still hangs.</summary>
    public Task<bool> Prove(string noticeId, string proof, Deed deed, CancellationToken cancellationToken) =>
        Change(noticeId, NoticeStatus.Posted, row => row with { Proofs = [.. row.Proofs, proof] }, deed, cancellationToken);

    /// <summary>Ends a notice at once, before its paper is down: its consent was taken back, or the person may not be shown any more.</summary>
    /// <param name="why">consent or confidential: kept in the audit trail.</param>
    public async Task<bool> Withdraw(string noticeId, string why, Deed deed, CancellationToken cancellationToken)
    {
        static NoticeRecord Ended(NoticeRecord row) => row with { Status = NoticeStatus.Withdrawn };
        var done = await Change(noticeId, NoticeStatus.Posted, Ended, deed, cancellationToken) || await Change(noticeId, NoticeStatus.Prepared, Ended, deed, cancellationToken);
        if (done)
            await context.Audit("notice:" + noticeId, new AuditDetail("NoticeEnded", new { why }), deed, cancellationToken);
        return done;
    }

    /// <summary>A notice; null when there is none.</summary>
    public Task<NoticeRecord?> Find(string noticeId, CancellationToken cancellationToken) => context.Set<NoticeRecord>().FirstOrDefaultAsync(row => row.Id == noticeId, cancellationToken);

    /// <summary>What hangs in a village, by service number.</summary>
    public async Task<IReadOnlyList<NoticeRecord>> Hanging(string villageCode, CancellationToken cancellationToken) =>
        await (from notice in context.Set<NoticeRecord>()
               join parent in context.Set<Case>() on notice.CaseId equals parent.Id
               where parent.AreaCode == villageCode && notice.Status == NoticeStatus.Posted
               orderby notice.ServiceNo
               select notice).ToListAsync(cancellationToken);

    /// <summary>Takes a notice down, with its proof: service has stopped, or it was withdrawn.</summary>
    public async Task<bool> TakeDown(string noticeId, string proof, Deed deed, CancellationToken cancellationToken) =>
        await TakeDown(noticeId, NoticeStatus.Posted, proof, deed, cancellationToken) || await TakeDown(noticeId, NoticeStatus.Withdrawn, proof, deed, cancellationToken);

    private Task<bool> TakeDown(string noticeId, NoticeStatus from, string proof, Deed deed, CancellationToken cancellationToken) =>
        Change(noticeId, from, row => row with { Status = NoticeStatus.TakenDown, TakenDownAt = deed.At, Proofs = [.. row.Proofs, proof] }, deed, cancellationToken);

    /// <summary>A case's notices, oldest first.</summary>
    public async Task<IReadOnlyList<NoticeRecord>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<NoticeRecord>().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<bool> Change(string noticeId, NoticeStatus from, Func<NoticeRecord, NoticeRecord> change, Deed deed, CancellationToken cancellationToken)
    {
        var notice = await context.Locked<NoticeRecord>(noticeId).SingleOrDefaultAsync(cancellationToken);
        if (notice is null || notice.Status != from)
            return false;
        var changed = change(notice);
        await context.Replace(changed, cancellationToken);
        await context.Audit(AuditTrail.Case(notice.CaseId), new AuditDetail("Notice" + changed.Status, noticeId), deed, cancellationToken);
        return true;
    }
}
