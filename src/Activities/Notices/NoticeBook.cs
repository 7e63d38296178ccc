using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Notices;

/// <summary>The long-term public notice: service number, village, 服务类救助 and nothing that could give an illness away (P13, INV-15).</summary>
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
            Content = $"{number} {village} {Kind}",
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

    /// <summary>Takes a notice down, with its proof: service has stopped.</summary>
    public Task<bool> TakeDown(string noticeId, string proof, Deed deed, CancellationToken cancellationToken) =>
        Change(noticeId, NoticeStatus.Posted, row => row with { Status = NoticeStatus.TakenDown, TakenDownAt = deed.At, Proofs = [.. row.Proofs, proof] }, deed, cancellationToken);

    /// <summary>A case's notices, oldest first.</summary>
    public async Task<IReadOnlyList<NoticeRecord>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<NoticeRecord>().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<bool> Change(string noticeId, NoticeStatus from, Func<NoticeRecord, NoticeRecord> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<NoticeRecord>(noticeId, cancellationToken);
        var notice = await context.Set<NoticeRecord>().FirstOrDefaultAsync(row => row.Id == noticeId, cancellationToken);
        if (notice is null || notice.Status != from)
            return false;
        var changed = change(notice);
        await context.Replace(changed, cancellationToken);
        await context.Audit(AuditTrail.Case(notice.CaseId), new AuditDetail("Notice" + changed.Status, noticeId), deed, cancellationToken);
        return true;
    }
}
