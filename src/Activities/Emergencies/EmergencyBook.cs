using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Emergencies;

/// <summary>Keeps emergencies on the fast track: who proposed what, who approved it by which way, and whether it was regularised (P29).</summary>
public sealed class EmergencyBook(ReliefDbContext context)
{
    /// <summary>An emergency that must be there.</summary>
    public async Task<EmergencyRelief> Get(string id, CancellationToken cancellationToken) =>
        await Find(id, cancellationToken) ?? throw new InvalidOperationException($"There is no emergency {id}.");

    /// <summary>An emergency, or none.</summary>
    public Task<EmergencyRelief?> Find(string id, CancellationToken cancellationToken) => context.Set<EmergencyRelief>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The open emergency of a person, or none.</summary>
    public Task<EmergencyRelief?> OpenOf(string personId, CancellationToken cancellationToken) =>
        context.Set<EmergencyRelief>().FirstOrDefaultAsync(row => row.PersonId == personId && row.Status == EmergencyStatus.Open, cancellationToken);

    /// <summary>A county's emergencies, newest first; or its board: what is approved and not regularised, the next to be due first.</summary>
    public async Task<IReadOnlyList<EmergencyRelief>> Of(string countyCode, bool isBoard, CancellationToken cancellationToken)
    {
        var rows = context.Set<EmergencyRelief>().Where(row => row.CountyCode == countyCode);
        return isBoard
            ? await rows.Where(row => row.Status == EmergencyStatus.Open && row.ApprovedAt != null).OrderBy(row => row.RegulariseDue).ThenBy(row => row.Id).ToListAsync(cancellationToken)
            : await rows.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Until when the fast track serves an item in a case; whatever is decided afterwards begins the day after, so that no day is paid twice (E07).</summary>
    public Task<DateOnly?> ServedUntil(string caseId, string itemCode, CancellationToken cancellationToken) => context.Set<EmergencyRelief>()
        .Where(row => row.CaseId == caseId && row.ItemCode == itemCode && row.DispatchedAt != null && row.Outcome != EmergencyOutcome.NotEligible).MaxAsync(row => row.LastDay, cancellationToken);

    /// <summary>Opens an emergency once per origin; the open one of the same person stands for another. True when it is the one that was asked for.</summary>
    public async Task<bool> Open(EmergencyRelief emergency, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("emergency-of:" + emergency.PersonId, cancellationToken);
        if (await context.Set<EmergencyRelief>().AnyAsync(row => row.Id == emergency.Id, cancellationToken))
            return true;
        if (await context.Set<EmergencyRelief>().AnyAsync(
                row => (row.Origin == emergency.Origin && row.OriginId == emergency.OriginId) || (row.PersonId == emergency.PersonId && row.Status == EmergencyStatus.Open), cancellationToken))
            return false;
        await context.Insert(emergency, cancellationToken);
        await Audit(emergency.Id, "EmergencyOpened", new { emergency.Origin, emergency.OriginId }, deed, cancellationToken);
        return true;
    }

    /// <summary>Changes an emergency and says so in its trail.</summary>
    public async Task<EmergencyRelief> Change(string id, (string What, object? Detail) said, Func<EmergencyRelief, EmergencyRelief> change, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<EmergencyRelief>(id, cancellationToken);
        var changed = change(await Get(id, cancellationToken));
        await context.Replace(changed, cancellationToken);
        await Audit(id, said.What, said.Detail, deed, cancellationToken);
        return changed;
    }

    /// <summary>Ends it, and takes the flag off its case; one that has ended stays so.</summary>
    public async Task<EmergencyRelief> End(string id, EmergencyOutcome outcome, Deed deed, CancellationToken cancellationToken)
    {
        if (await Get(id, cancellationToken) is { Status: EmergencyStatus.Ended } ended)
            return ended;
        var closed = await Change(id, ("EmergencyEnded", new { outcome }), row => row with { Status = EmergencyStatus.Ended, Outcome = outcome, EndedAt = deed.At }, deed, cancellationToken);
        if (closed.CaseId is { } caseId)
            await new CaseBook(context).Flag(caseId, EmergencyRelief.Flag, false, deed.Step("flag"), cancellationToken);
        return closed;
    }

    private Task Audit(string id, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(EmergencyRelief.Chain(id), new AuditDetail(what, detail), deed, cancellationToken);
}
