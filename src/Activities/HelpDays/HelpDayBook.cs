using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.HelpDays;

/// <summary>Keeps help days, their desks and what the desks write down (P30).</summary>
public sealed class HelpDayBook(ReliefDbContext context)
{
    /// <summary>Plans a help day once per id.</summary>
    public async Task<HelpDay> Plan(HelpDay day, IReadOnlyList<HelpDesk> desks, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord(HelpDay.Chain(day.Id), cancellationToken);
        if (await context.Set<HelpDay>().FirstOrDefaultAsync(row => row.Id == day.Id, cancellationToken) is { } known)
            return known;
        await context.Insert(day, cancellationToken);
        await context.InsertAll(desks, cancellationToken);
        await Audit(day.Id, "HelpDayPlanned", new { day.HeldOn, day.Place, desks = desks.Count }, deed, cancellationToken);
        return day;
    }

    /// <summary>Takes a form in once per device key; the second of a key is the first.</summary>
    public async Task<HelpEntry> Take(HelpEntry entry, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord($"help-form:{entry.HelpDayId}:{entry.DeviceKey}", cancellationToken);
        if (await Known(entry.HelpDayId, entry.DeviceKey, cancellationToken) is { } known)
            return known;
        await context.Insert(entry, cancellationToken);
        await Audit(entry.HelpDayId, "HelpDay" + entry.Kind, new { entry.DeskId, entry.Number, entry.ObjectId, entry.DeviceAt }, deed, cancellationToken);
        return entry;
    }

    /// <summary>The form that a device has sent before under this key, or none.</summary>
    public Task<HelpEntry?> Known(string helpDayId, string deviceKey, CancellationToken cancellationToken) =>
        context.Set<HelpEntry>().FirstOrDefaultAsync(row => row.HelpDayId == helpDayId && row.DeviceKey == deviceKey, cancellationToken);

    /// <summary>Moves it on; one that is as far already stays.</summary>
    public async Task<HelpDay> To(string id, HelpDayStatus status, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<HelpDay>(id, cancellationToken);
        var day = await new HelpDayQueries(context).Get(id, cancellationToken);
        if (day.Status >= status)
            return day;
        var moved = status switch
        {
            HelpDayStatus.Reconciled => day with { Status = status, ReconciledAt = deed.At, ReconciledBy = deed.By },
            HelpDayStatus.Closed => day with { Status = status, ClosedAt = deed.At },
            _ => day with { Status = status }
        };
        await context.Replace(moved, cancellationToken);
        await Audit(id, "HelpDay" + status, null, deed, cancellationToken);
        return moved;
    }

    private Task Audit(string id, string what, object? detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit(HelpDay.Chain(id), new AuditDetail(what, detail), deed, cancellationToken);
}
