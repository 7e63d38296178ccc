using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Kin;

/// <summary>Keeps the separate filings of cases of relatives, with the flags that make the county's survey mandatory (P27, E09).</summary>
public sealed class KinBook(ReliefDbContext context)
{
    /// <summary>The relation of who lives with a declared relative.</summary>
    public const string Household = "household";

    /// <summary>The id of a filing: one for each case and member of staff, whoever finds it.</summary>
    public static string IdOf(string caseId, string staffId) => InstanceIds.Of(Key(caseId, staffId)).ToString("N");

    /// <summary>The business key of its procedure.</summary>
    public static string Key(string caseId, string staffId) => $"kinfiling:{caseId}:{staffId}";

    /// <summary>The event that a case has one: a survey under way looks at its team again.</summary>
    public static string Found(string caseId) => "kin:" + caseId;

    /// <summary>The start of a filing's procedure; a repeat begins nothing.</summary>
    public static ChildStart StartOf(KinHit hit, string personId, string by) => new(
        InstanceIds.Of(Key(hit.CaseId, hit.StaffId)), "procedure.kinfiling",
        Answer.Json(new { caseId = hit.CaseId, staffId = hit.StaffId, relation = hit.Relation, origin = hit.Origin.ToString(), originId = hit.OriginId, by }),
        AuditTrail.Case(hit.CaseId), Key(hit.CaseId, hit.StaffId), "person:" + personId);

    /// <summary>The same for one that is open.</summary>
    public static ChildStart StartOf(KinFilingRecord filing) =>
        StartOf(new KinHit(filing.CaseId, filing.StaffId, filing.Relation, filing.Origin, filing.OriginId), filing.PersonId, filing.CreatedBy);

    /// <summary>A filing that must be there.</summary>
    public Task<KinFilingRecord> Get(string id, CancellationToken cancellationToken) => context.Set<KinFilingRecord>().SingleAsync(row => row.Id == id, cancellationToken);

    /// <summary>Opens the filing of a hit once: the case is flagged, and the county has to survey it unless it has done so.</summary>
    public async Task<KinFilingRecord> Open(KinHit hit, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<Case>(hit.CaseId, cancellationToken);
        var id = IdOf(hit.CaseId, hit.StaffId);
        if (await context.Set<KinFilingRecord>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;

        var about = await context.Set<Case>().SingleAsync(row => row.Id == hit.CaseId, cancellationToken);
        var due = await new Deadlines(context).Of("kin.file", about.AreaCode, deed.At, cancellationToken);
        var filing = new KinFilingRecord
        {
            Id = id, CountyCode = about.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = await new AreaQueries(context).TownshipOf(about.AreaCode, cancellationToken),
            CaseId = hit.CaseId, PersonId = about.PersonId, StaffId = hit.StaffId, Relation = hit.Relation, Origin = hit.Origin, OriginId = hit.OriginId, Status = KinFilingStatus.Open, DueAt = due.Due
        };
        await context.Insert(filing, cancellationToken);
        await Audit(filing, "KinFound", new { filing.StaffId, filing.Relation, filing.Origin, filing.OriginId }, deed, cancellationToken);
        await Flag(filing, deed, cancellationToken);
        return filing;
    }

    /// <summary>Files it; from now on the member of staff is kept off the person everywhere.</summary>
    public async Task<KinFilingRecord> File(string id, (string Note, string? DecisionId) said, Deed deed, CancellationToken cancellationToken)
    {
        var filed = await Change(id, row => row with { Status = KinFilingStatus.Filed, FiledAt = deed.At, FiledBy = deed.By, Note = said.Note, DecisionId = said.DecisionId }, cancellationToken);
        await new KinMatch(context).Declare(filed.StaffId, filed.PersonId, filed.Relation, deed, cancellationToken);
        await Audit(filed, "KinFiled", new { filed.StaffId, filed.Relation, said.DecisionId }, deed, cancellationToken);
        return filed;
    }

    /// <summary>It is not so: the flags come down unless another filing holds them.</summary>
    public async Task<KinFilingRecord> Clear(string id, string note, Deed deed, CancellationToken cancellationToken)
    {
        var cleared = await Change(id, row => row with { Status = KinFilingStatus.NotKin, FiledAt = deed.At, FiledBy = deed.By, Note = note }, cancellationToken);
        await Audit(cleared, "NotKin", new { cleared.StaffId }, deed, cancellationToken);
        if (await context.Set<KinFilingRecord>().AnyAsync(row => row.CaseId == cleared.CaseId && row.Status != KinFilingStatus.NotKin, cancellationToken))
            return cleared;
        var cases = new CaseBook(context);
        await cases.Flag(cleared.CaseId, KinFlags.KinFiling, false, deed.Step("flag"), cancellationToken);
        await cases.Flag(cleared.CaseId, KinFlags.CountySurveyDue, false, deed.Step("county"), cancellationToken);
        return cleared;
    }

    /// <summary>What the county says about the decision that was taken before.</summary>
    public async Task<KinFilingRecord> Recheck(string id, (KinRecheck Result, string Reason) said, Deed deed, CancellationToken cancellationToken)
    {
        var rechecked = await Change(id, row => row with { Recheck = said.Result, RecheckedAt = deed.At, RecheckedBy = deed.By, RecheckReason = said.Reason }, cancellationToken);
        await Audit(rechecked, said.Result.ToString(), new { rechecked.StaffId, rechecked.DecisionId }, deed, cancellationToken);
        return rechecked;
    }

    /// <summary>Raises the flags that a case with a filing has; what the county has surveyed already it need not survey again.</summary>
    public async Task Flag(KinFilingRecord filing, Deed deed, CancellationToken cancellationToken)
    {
        var cases = new CaseBook(context);
        await cases.Flag(filing.CaseId, KinFlags.KinFiling, true, deed.Step("flag"), cancellationToken);
        var about = await context.Set<Case>().SingleAsync(row => row.Id == filing.CaseId, cancellationToken);
        var chain = AuditTrail.Case(filing.CaseId);
        if (!IsDecided(about.Status) && !await context.Set<AuditEvent>().AnyAsync(row => row.Subject == chain && row.What == "CountySurveyed", cancellationToken))
            await cases.Flag(filing.CaseId, KinFlags.CountySurveyDue, true, deed.Step("county"), cancellationToken);
    }

    /// <summary>Whether a case has been confirmed: then the decision is looked at again instead.</summary>
    public static bool IsDecided(CaseStatus status) => status is CaseStatus.Confirmed or CaseStatus.Referring or CaseStatus.Planned or CaseStatus.InService or CaseStatus.Suspended or CaseStatus.Stopping;

    private async Task<KinFilingRecord> Change(string id, Func<KinFilingRecord, KinFilingRecord> change, CancellationToken cancellationToken)
    {
        await context.Lock<KinFilingRecord>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        return changed;
    }

    private Task Audit(KinFilingRecord filing, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(AuditTrail.Case(filing.CaseId), new AuditDetail(what, detail), deed, cancellationToken);
}
