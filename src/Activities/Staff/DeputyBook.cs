using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Staff;

/// <summary>Arranges and ends deputies: one at a time for each person, for at most 90 days, never for oneself; all of it in the audit trail.</summary>
public sealed class DeputyBook(ReliefDbContext context)
{
    /// <summary>The longest period in calendar days.</summary>
    public const int Longest = 90;

    /// <summary>Those whose work somebody does on a day; a deputy's deputy is nobody's.</summary>
    public async Task<IReadOnlyList<string>> DoneFor(string deputyId, DateOnly on, CancellationToken cancellationToken) =>
        await context.Set<StaffDeputy>().Where(row => row.DeputyId == deputyId && row.EndedAt == null && row.ValidFrom <= on && row.ValidTo >= on)
            .Select(row => row.StaffId).Distinct().Order().ToListAsync(cancellationToken);

    /// <summary>What concerns somebody, as the one who is away or as the deputy, from a day on; by the first day.</summary>
    public async Task<IReadOnlyList<StaffDeputy>> Of(string staffId, DateOnly from, CancellationToken cancellationToken) =>
        await context.Set<StaffDeputy>().Where(row => (row.StaffId == staffId || row.DeputyId == staffId) && row.EndedAt == null && row.ValidTo >= from)
            .OrderBy(row => row.ValidFrom).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>An arrangement, ended or not; null when there is none.</summary>
    public Task<StaffDeputy?> Find(string id, CancellationToken cancellationToken) => context.Set<StaffDeputy>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>Why it may not be arranged: NotStaff, SamePerson, NotADeputy (unknown or left), Period (backwards, over, or too long), Taken (another deputy in that time); null when it may.</summary>
    private async Task<string?> Obstacle(StaffDeputy wanted, DateOnly today, CancellationToken cancellationToken)
    {
        var staff = new StaffQueries(context);
        if (await staff.Find(wanted.StaffId, cancellationToken) is not { Active: true })
            return "NotStaff";
        if (wanted.StaffId == wanted.DeputyId)
            return "SamePerson";
        if (await staff.Find(wanted.DeputyId, cancellationToken) is not { Active: true })
            return "NotADeputy";
        if (wanted.ValidTo < wanted.ValidFrom || wanted.ValidTo < today || wanted.ValidTo.DayNumber - wanted.ValidFrom.DayNumber >= Longest)
            return "Period";
        return await context.Set<StaffDeputy>().AnyAsync(
            row => row.StaffId == wanted.StaffId && row.EndedAt == null && row.ValidFrom <= wanted.ValidTo && row.ValidTo >= wanted.ValidFrom, cancellationToken) ? "Taken" : null;
    }

    /// <summary>Arranges it, or says why not; of two at once one is told that it is taken.</summary>
    public async Task<string?> Arrange(StaffDeputy wanted, DateOnly today, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("deputy:" + wanted.StaffId, cancellationToken);
        if (await Obstacle(wanted, today, cancellationToken) is { } obstacle)
            return obstacle;

        await context.Insert(wanted, cancellationToken);
        await context.Audit("staff:" + wanted.StaffId, new AuditDetail("DeputyArranged", new { wanted.DeputyId, wanted.ValidFrom, wanted.ValidTo, wanted.Reason }), deed, cancellationToken);
        return null;
    }

    /// <summary>Ends it now; false when there is none that stands.</summary>
    public async Task<bool> End(string id, Deed deed, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { EndedAt: null } standing)
            return false;

        await context.LockWord("deputy:" + standing.StaffId, cancellationToken);
        await context.Replace(standing with { EndedAt = deed.At }, cancellationToken);
        await context.Audit("staff:" + standing.StaffId, new AuditDetail("DeputyEnded", new { standing.DeputyId }), deed, cancellationToken);
        return true;
    }
}
