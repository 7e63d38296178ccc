using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Cases;

/// <summary>Opens cases, moves them through their states and keeps their needs.</summary>
/// <remarks>A person has one open case per county (INV-13): the person is locked before a case is opened, and the database refuses a second.</remarks>
public sealed class CaseBook(ReliefDbContext context)
{
    /// <summary>Opens the case of an application in state Submitted, or names the person's open one.</summary>
    /// <param name="applicationId">The application; a repeat for it gives the case it has.</param>
    /// <param name="ownerUnitId">The township that owns the case.</param>
    /// <param name="deed">Who opens it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<CaseResult> Open(string applicationId, string ownerUnitId, Deed deed, CancellationToken cancellationToken)
    {
        var application = await context.Set<Application>().FirstOrDefaultAsync(row => row.Id == applicationId, cancellationToken);
        if (application is null)
            return new CaseResult.Unknown();
        var person = await context.Locked<Person>(application.PersonId).SingleAsync(cancellationToken);
        var open = await OpenCaseOf(person.Id, application.CountyCode, cancellationToken);
        if (open is not null)
            return open.ApplicationId == applicationId ? new CaseResult.Done(open.Id) : new CaseResult.SameOpenCase(open.Id);

        var year = ChinaTime.DayOf(deed.At).Year;
        var number = await context.NextNumber($"case:{application.CountyCode}:{year}", cancellationToken);
        var opened = new Case
        {
            Id = deed.NewId(),
            CountyCode = application.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            Number = string.Create(CultureInfo.InvariantCulture, $"GA{application.CountyCode}-{year}-{number:000000}"),
            PersonId = person.Id,
            HouseholdId = person.HouseholdId,
            ApplicationId = applicationId,
            Status = CaseStatus.Submitted,
            AreaCode = person.AreaCode,
            OwnerUnitId = ownerUnitId,
            Category = application.Category,
            OpenedAt = application.CreatedAt
        };
        await context.Insert(opened, cancellationToken);
        await new ApplicationBook(context).Conclude(new ApplicationConclusion(applicationId, application.Status, opened.Id), deed, cancellationToken);
        await context.Audit(AuditTrail.Case(opened.Id), new AuditDetail("CaseSubmitted", new { opened.Number, application.Channel }), deed, cancellationToken);
        return new CaseResult.Done(opened.Id);
    }

    /// <summary>Moves a case to a state that may follow; it is already there: nothing happens. Closing needs a reason.</summary>
    public async Task<CaseResult> Move(string caseId, CaseStatus to, string? reason, Deed deed, CancellationToken cancellationToken)
    {
        var (row, unknown) = await Locked(caseId, cancellationToken);
        if (row is null)
            return unknown;
        if (row.Status == to)
            return new CaseResult.Done(caseId);
        if (!CaseFlow.Allows(row.Status, to))
            return new CaseResult.WrongState(row.Status);
        await context.Replace(row with
        {
            Status = to,
            AcceptedAt = to == CaseStatus.Accepted ? deed.At : row.AcceptedAt,
            ClosedAt = to == CaseStatus.Closed ? deed.At : null,
            ClosedReason = to == CaseStatus.Closed ? reason : row.ClosedReason
        }, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail("Case" + to, new { From = row.Status, Reason = reason }), deed, cancellationToken);
        return new CaseResult.Done(caseId);
    }

    /// <summary>Raises a flag (AppealOpen, ConferenceOpen, Duplicate, Frozen, SpotCheckPriority …) or lowers it.</summary>
    public async Task<CaseResult> Flag(string caseId, string flag, bool raised, Deed deed, CancellationToken cancellationToken)
    {
        var (row, unknown) = await Locked(caseId, cancellationToken);
        if (row is null)
            return unknown;
        if (row.Flags.Contains(flag) == raised)
            return new CaseResult.Done(caseId);
        await context.Replace(row with { Flags = raised ? [.. row.Flags, flag] : [.. row.Flags.Where(word => word != flag)] }, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail(raised ? "FlagRaised" : "FlagLowered", flag), deed, cancellationToken);
        return new CaseResult.Done(caseId);
    }

    /// <summary>Says where a case lies, who owns it or which category it rests on now.</summary>
    public async Task Place(string caseId, Func<Case, Case> change, Deed deed, CancellationToken cancellationToken)
    {
        var (row, _) = await Locked(caseId, cancellationToken);
        var placed = change(row!);
        await context.Replace(placed, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail("CasePlaced", new { placed.AreaCode, placed.OwnerUnitId, placed.Category }), deed, cancellationToken);
    }

    /// <summary>Registers needs, one per item; an item that the case has already is left as it is. Returns the ids of all the case's needs.</summary>
    public async Task<IReadOnlyList<string>> RegisterNeeds(string caseId, IReadOnlyList<NeedEntry> needs, Deed deed, CancellationToken cancellationToken)
    {
        var (row, _) = await Locked(caseId, cancellationToken);
        var known = await context.Set<NeedItem>().Where(need => need.CaseId == caseId && need.EmergencyId == null).ToListAsync(cancellationToken);
        NeedItem[] added = [.. needs.Where(need => !known.Exists(old => old.ItemCode == need.ItemCode && old.Status != NeedStatus.Ended))
            .Select(need => need.ToItem(row!, deed))];
        await context.InsertAll(added, cancellationToken);
        NeedChange[] changes = [.. added.Select(need => NeedChange.Of(need, 1, deed))];
        await context.InsertAll(changes, cancellationToken);
        if (added.Length > 0)
            await context.Audit(AuditTrail.Case(caseId), new AuditDetail("NeedsClassified", needs), deed, cancellationToken);
        return [.. known.Concat(added).Select(need => need.Id)];
    }

    /// <summary>Adds the need that an approved emergency answers, beside those that are decided about (P29). Returns its id.</summary>
    public async Task<string> Provide(Case row, NeedEntry need, (string EmergencyId, decimal Quantity) by, Deed deed, CancellationToken cancellationToken)
    {
        var provided = need.ToItem(row, deed) with { Status = NeedStatus.Confirmed, Quantity = by.Quantity, Pathways = ["M1"], EmergencyId = by.EmergencyId };
        await context.Insert(provided, cancellationToken);
        await context.Insert(NeedChange.Of(provided, 1, deed), cancellationToken);
        await context.Audit(AuditTrail.Case(row.Id), new AuditDetail("NeedProvided", new { provided.ItemCode, provided.Quantity, by.EmergencyId }), deed, cancellationToken);
        return provided.Id;
    }

    /// <summary>Sets what was decided about a need: its status, quantity, pathways and decision.</summary>
    public async Task<CaseResult> Decide(NeedItem decided, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<NeedItem>(decided.Id, cancellationToken);
        await context.Replace(decided, cancellationToken);
        var before = await context.Set<NeedChange>().CountAsync(row => row.NeedItemId == decided.Id, cancellationToken);
        await context.Insert(NeedChange.Of(decided, before + 1, deed), cancellationToken);
        var detail = new AuditDetail("Need" + decided.Status, new { decided.ItemCode, decided.Quantity, decided.Pathways, decided.DecisionId });
        await context.Audit(AuditTrail.Case(decided.CaseId), detail, deed, cancellationToken);
        return new CaseResult.Done(decided.CaseId);
    }

    /// <summary>Sets the village's remark, the only column of its ledger that is typed (CZ-044); nothing takes it away.</summary>
    public async Task<CaseResult> Remark(string caseId, string? remark, Deed deed, CancellationToken cancellationToken)
    {
        var (row, unknown) = await Locked(caseId, cancellationToken);
        if (row is null)
            return unknown;
        if (row.Remark == remark)
            return new CaseResult.Done(caseId);
        await context.Replace(row with { Remark = remark }, cancellationToken);
        await context.Audit(AuditTrail.Case(caseId), new AuditDetail("CaseRemarked", new { was = row.Remark, remark }), deed, cancellationToken);
        return new CaseResult.Done(caseId);
    }

    private Task<Case?> OpenCaseOf(string personId, string countyCode, CancellationToken cancellationToken) =>
        context.Set<Case>().FirstOrDefaultAsync(row => row.PersonId == personId && row.CountyCode == countyCode && row.ClosedAt == null, cancellationToken);

    private async Task<(Case? Row, CaseResult Unknown)> Locked(string caseId, CancellationToken cancellationToken)
    {
        return (await context.Locked<Case>(caseId).SingleOrDefaultAsync(cancellationToken), new CaseResult.Unknown());
    }
}
