using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Changes;

/// <summary>Keeps and reads changes (P12).</summary>
public sealed class ChangeBook(ReliefDbContext context)
{
    /// <summary>The flag of a case whose stops wait for the result of an appeal (P25).</summary>
    public const string StopHeld = nameof(StopHeld);

    /// <summary>The chain of a change.</summary>
    public static string Chain(string changeId) => "change:" + changeId;

    /// <summary>The key of whatever looks into a change: one instance for each origin.</summary>
    public static string KeyOf(ChangeOrigin origin, string originId) => $"change:{origin}:{originId}";

    /// <summary>The id of a change.</summary>
    public static string IdOf(ChangeOrigin origin, string originId) => InstanceIds.Of(KeyOf(origin, originId)).ToString("N");

    /// <summary>A change, or none.</summary>
    public Task<PersonChange?> Find(string id, CancellationToken cancellationToken) => context.Set<PersonChange>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>A change that must be there.</summary>
    public async Task<PersonChange> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no change {id}.");

    /// <summary>Takes a change down once for its origin; whoever comes second gets the first.</summary>
    public async Task<PersonChange> Register(ChangeEntry entry, Guid instanceId, Deed deed, CancellationToken cancellationToken)
    {
        var id = IdOf(entry.Origin.Of, entry.Origin.Id);
        await context.LockWord("change:" + id, cancellationToken);
        if (await Find(id, cancellationToken) is { } known)
            return known;
        var person = await context.Set<Person>().FirstOrDefaultAsync(row => row.Id == entry.PersonId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no person {entry.PersonId}.");
        var change = new PersonChange
        {
            Id = id, CountyCode = person.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = person.AreaCode, PersonId = person.Id,
            CaseId = await context.Set<Case>().Where(row => row.PersonId == person.Id && row.CountyCode == person.CountyCode && row.ClosedAt == null).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken),
            Kind = entry.Kind, Origin = entry.Origin.Of, OriginId = entry.Origin.Id, InstanceId = instanceId.ToString("N"), Seen = entry.Seen, SeenOn = entry.SeenOn,
            Status = ChangeStatus.Open, Adverse = false
        };
        await context.Insert(change, cancellationToken);
        await Audit(change, "ChangeDetected", new { change.Kind, change.Origin, change.OriginId, change.SeenOn }, deed, cancellationToken);
        return change;
    }

    /// <summary>Writes the next stage of a change.</summary>
    public async Task<PersonChange> Change(string id, (string What, object? Detail) said, Func<PersonChange, PersonChange> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<PersonChange>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Audit(changed, said.What, said.Detail, deed, cancellationToken);
        return changed;
    }

    /// <summary>Ends a change; one that has ended stays as it is.</summary>
    public async Task End(string id, ChangeStatus status, Deed deed, CancellationToken cancellationToken)
    {
        if ((await Get(id, cancellationToken)).EndedAt is null)
            await Change(id, ("Change" + status, null), row => row with { Status = status, EndedAt = deed.At }, deed, cancellationToken);
    }

    /// <summary>An announced stop that will never hold: everything goes on as it was, and what had been paused before waits for the person's return again.</summary>
    public Task Undo(PersonChange stop, Deed deed, CancellationToken cancellationToken) => stop.Until is null
        ? End(stop.Id, ChangeStatus.Kept, deed, cancellationToken)
        : Change(stop.Id, ("ChangeSuspended", null), row => row with { Status = ChangeStatus.Proposed, Decision = ChangeDecision.Suspend, StopReason = null, Adverse = false, EffectiveOn = null }, deed, cancellationToken);

    /// <summary>A person's changes, newest first.</summary>
    public async Task<IReadOnlyList<PersonChange>> Of(string personId, CancellationToken cancellationToken) =>
        await context.Set<PersonChange>().Where(row => row.PersonId == personId).OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>A county's changes, newest first; only those that are not over when asked.</summary>
    public async Task<IReadOnlyList<PersonChange>> InCounty(string countyCode, bool open, CancellationToken cancellationToken) =>
        await context.Set<PersonChange>().Where(row => row.CountyCode == countyCode && (!open || row.EndedAt == null))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    // What happens to somebody's case stands in the case's own chain.
    private Task Audit(PersonChange change, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(change.CaseId is { } caseId ? AuditTrail.Case(caseId) : Chain(change.Id), new AuditDetail(what, new { change = change.Id, detail }), deed, cancellationToken);
}
