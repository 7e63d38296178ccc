using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>An alert with everybody around it, as a step of its procedure sees it.</summary>
internal sealed record AlertScene(Alert Alert, DoorbellDevice Device, IReadOnlyList<ResponderLink> Links, IReadOnlyList<AlertResponder> Responders)
{
    /// <summary>The seconds that hold for it.</summary>
    public LadderSeconds Seconds { get; } = LadderSeconds.Read(Alert.Seconds);

    /// <summary>A named human has said how it ended.</summary>
    public bool HasEnded => Alert.ResolvedAt is not null;

    /// <summary>Somebody is there.</summary>
    public bool IsPresent => Responders.Any(row => row.OnSceneAt is not null && row.ReleasedAt is null);

    /// <summary>Somebody is there or on the way, and enough of them: the ladder stands still.</summary>
    public bool IsCovered => IsPresent || AlertBook.Covers(Alert, Responders);

    /// <summary>Opens it and locks its row until the burst is committed.</summary>
    public static async Task<AlertScene> Open(ReliefDbContext records, string alertId, CancellationToken cancellationToken) =>
        await Read(records, records.Locked<Alert>(alertId), cancellationToken) ?? throw new InvalidOperationException($"There is no alert {alertId}.");

    /// <summary>Looks at it; none when there is none.</summary>
    public static Task<AlertScene?> Read(ReliefDbContext records, string alertId, CancellationToken cancellationToken) =>
        Read(records, records.Set<Alert>().Where(row => row.Id == alertId), cancellationToken);

    // One statement, because each step of a ladder asks; who took it is asked only once somebody has, behind the lock.
    private static async Task<AlertScene?> Read(ReliefDbContext records, IQueryable<Alert> one, CancellationToken cancellationToken)
    {
        var rows = await (
            from alert in one
            join device in records.Set<DoorbellDevice>() on alert.DeviceId equals device.Id
            from link in records.Set<ResponderLink>().Where(link => link.DeviceId == alert.DeviceId && link.Active).DefaultIfEmpty()
            select new { alert, device, link }).ToListAsync(cancellationToken);
        if (rows is not [{ alert: { } found } first, ..])
            return null;
        var responders = found.AcceptedAt is null ? [] : await new AlertBook(records).Responders(found.Id, cancellationToken);
        return new AlertScene(found, first.device, [.. rows.Select(row => row.link).OfType<ResponderLink>()], responders);
    }

    /// <summary>The township of the device.</summary>
    public async Task<string> Township(ReliefDbContext records, CancellationToken cancellationToken) =>
        await new AreaQueries(records).TownshipOf(Alert.AreaCode, cancellationToken);
}
