using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>Keeps help on behalf of persons: who may do what for whom, and until when (P20). Every deed stands in the mandate's own audit trail.</summary>
public sealed class MandateBook(ReliefDbContext context)
{
    /// <summary>The chain of a mandate: everything that was done on behalf of the person.</summary>
    public static string Chain(string mandateId) => "mandate:" + mandateId;

    /// <summary>The event that says that a mandate has ended.</summary>
    public static string Over(string mandateId) => $"mandate:{mandateId}:over";

    /// <summary>The start of a mandate's procedure, which has the mandate's id.</summary>
    public static Message StartOf(HelpMandate mandate, string? subjectId) =>
        Message.Of(new ChildStart(Guid.ParseExact(mandate.Id, "N"), "procedure.agent", Answer.Json(new { mandateId = mandate.Id }), Chain(mandate.Id), Chain(mandate.Id), subjectId));

    /// <summary>Keeps a call for help once per key.</summary>
    public async Task<HelpMandate> Ask(MandateEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("mandate:" + deed.Key, cancellationToken);
        if (await new MandateQueries(context).Find(deed.Key, cancellationToken) is { } known)
            return known;
        var parent = entry.CaseId is null ? null : await context.Set<Case>().SingleAsync(row => row.Id == entry.CaseId, cancellationToken);
        var mandate = new HelpMandate
        {
            Id = deed.Key, CountyCode = entry.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = entry.AreaCode, PersonRef = entry.PersonRef,
            RelativeRef = entry.RelativeRef, Wording = entry.Wording, CaseId = parent?.Id, PersonId = parent?.PersonId, Status = MandateStatus.Asked
        };
        await context.Insert(mandate, cancellationToken);
        await Audit(mandate, "MandateAsked", new { entry.CaseId }, deed, cancellationToken);
        return mandate;
    }

    /// <summary>Names the agent, who from now on neither surveys nor decides about the person.</summary>
    public async Task Assign(string id, string agentId, Deed deed, CancellationToken cancellationToken)
    {
        var mandate = await Change(id, row => row with { Status = MandateStatus.Assigned, AgentId = agentId, AssignedAt = deed.At, AssignedBy = deed.By }, cancellationToken);
        await Audit(mandate, "AgentAssigned", new { agentId }, deed, cancellationToken);
        await Exclude(mandate, deed, cancellationToken);
    }

    /// <summary>The mandate is given, with one errand for each thing it covers.</summary>
    public async Task Give(string id, GivenMandate given, Deed deed, CancellationToken cancellationToken)
    {
        var mandate = await Change(id, row => row with
        {
            Status = MandateStatus.Given, GivenAt = deed.At, GivenBy = given.By, Form = given.Form, Evidence = given.Evidence, EndsAt = given.EndsAt
        }, cancellationToken);
        await context.InsertAll([.. given.Scope.Distinct().Order().Select((kind, at) => new HelpErrand
        {
            Id = $"{id}-{kind}", CountyCode = mandate.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, MandateId = id, Kind = kind, Ord = at, Status = ErrandStatus.Open
        })], cancellationToken);
        await Audit(mandate, "MandateGiven", new { given.By, given.Form, given.Evidence, given.Scope, given.EndsAt }, deed, cancellationToken);
    }

    /// <summary>An errand was done, blocked, dropped or taken up again.</summary>
    public async Task Decide(HelpErrand errand, Deed deed, CancellationToken cancellationToken)
    {
        var decided = errand with { DecidedAt = deed.At, DecidedBy = deed.By };
        await context.Replace(decided, cancellationToken);
        await context.Audit(Chain(errand.MandateId), new AuditDetail("Errand" + errand.Status, new { errand.Kind, errand.Receipt, errand.Ground, errand.GroundReference, errand.KeptBy, errand.Agreement, errand.Reason }), deed, cancellationToken);
    }

    /// <summary>The agent has handed in the person's application: mandate, person and case belong together from now on.</summary>
    public async Task Apply(string id, AppliedOnBehalf made, Deed deed, CancellationToken cancellationToken)
    {
        var mandate = await Change(id, row => row with { PersonId = made.PersonId, CaseId = made.CaseId }, cancellationToken);
        await Exclude(mandate, deed, cancellationToken);
        await Audit(mandate, "AppliedOnBehalf", new { made.ApplicationId, made.CaseId }, deed, cancellationToken);
        await context.Audit(AuditTrail.Case(made.CaseId), new AuditDetail("AppliedOnBehalf", new { mandateId = id, mandate.AgentId }), deed, cancellationToken);
    }

    /// <summary>The application was read back to whom it concerns.</summary>
    public async Task ReadBack(string id, (string Record, string By) read, Deed deed, CancellationToken cancellationToken)
    {
        var mandate = await Change(id, row => row with { ReadBack = read.Record, ReadBackBy = read.By }, cancellationToken);
        await Audit(mandate, "ApplicationReadBack", new { read.Record, read.By }, deed, cancellationToken);
    }

    /// <summary>A supervisor has looked through it and lets it go on.</summary>
    public async Task Review(string id, Deed deed, CancellationToken cancellationToken) =>
        await Audit(await Change(id, row => row with { ReviewedAt = deed.At }, cancellationToken), "MandateReviewed", null, deed, cancellationToken);

    /// <summary>Ends a mandate: Done, Expired, Revoked or Declined. One that has ended keeps its first end; false then.</summary>
    public async Task<bool> End(string id, (string Why, string? Detail) end, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<HelpMandate>(id, cancellationToken);
        if (await new MandateQueries(context).Find(id, cancellationToken) is not { Status: not MandateStatus.Ended } mandate)
            return false;
        await context.Replace(mandate with { Status = MandateStatus.Ended, EndedAt = deed.At, EndReason = end.Why }, cancellationToken);
        await Audit(mandate, "Mandate" + end.Why, new { end.Detail }, deed, cancellationToken);
        return true;
    }

    /// <summary>The originals are back with whom they belong to.</summary>
    public async Task HandOver(string id, string receipt, Deed deed, CancellationToken cancellationToken) =>
        await Audit(await Change(id, row => row with { HandedOver = receipt }, cancellationToken), "OriginalsHandedOver", new { receipt }, deed, cancellationToken);

    // Who does something for a person neither surveys nor decides about them: surveys and reviews ask for declared relations.
    private async Task Exclude(HelpMandate mandate, Deed deed, CancellationToken cancellationToken)
    {
        if (mandate is not { PersonId: { } person, AgentId: { } agent }
            || await context.Set<KinDeclaration>().AnyAsync(row => row.StaffId == agent && row.PersonId == person, cancellationToken))
            return;
        await context.Insert(new KinDeclaration
        {
            Id = $"{mandate.Id}-{agent}", StaffId = agent, PersonId = person, Relation = KinDeclaration.AgentOf, DeclaredAt = deed.At
        }, cancellationToken);
    }

    private async Task<HelpMandate> Change(string id, Func<HelpMandate, HelpMandate> change, CancellationToken cancellationToken)
    {
        var changed = change(await context.Locked<HelpMandate>(id).SingleAsync(cancellationToken));
        await context.Replace(changed, cancellationToken);
        return changed;
    }

    private Task Audit(HelpMandate mandate, string what, object? value, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(Chain(mandate.Id), new AuditDetail(what, value), deed, cancellationToken);
}
