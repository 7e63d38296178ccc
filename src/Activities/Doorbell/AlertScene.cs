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
    public static async Task<AlertScene> Open(ReliefDbContext records, string alertId, CancellationToken cancellationToken)
    {
        await records.Lock<Alert>(alertId, cancellationToken);
        return await Read(records, alertId, cancellationToken) ?? throw new InvalidOperationException($"There is no alert {alertId}.");
    }

    /// <summary>Looks at it; none when there is none.</summary>
    public static async Task<AlertScene?> Read(ReliefDbContext records, string alertId, CancellationToken cancellationToken)
    {
        if (await records.Set<Alert>().FirstOrDefaultAsync(row => row.Id == alertId, cancellationToken) is not { } alert)
            return null;
        var device = await records.Set<DoorbellDevice>().SingleAsync(row => row.Id == alert.DeviceId, cancellationToken);
        var links = await records.Set<ResponderLink>().Where(row => row.DeviceId == alert.DeviceId && row.Active).ToListAsync(cancellationToken);
        var responders = alert.AcceptedAt is null ? [] : await new AlertBook(records).Responders(alertId, cancellationToken);
        return new AlertScene(alert, device, links, responders);
    }

    /// <summary>The township of the device.</summary>
    public async Task<string> Township(ReliefDbContext records, CancellationToken cancellationToken) =>
        await new AreaQueries(records).TownshipOf(Alert.AreaCode, cancellationToken);
}
