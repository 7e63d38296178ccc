using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Reads devices, with what is to be warned of.</summary>
public sealed class DeviceQueries(ReliefDbContext context)
{
    private static readonly TimeSpan Heard = TimeSpan.FromDays(35);
    private static readonly TimeSpan Silent = TimeSpan.FromHours(25);
    private const int Low = 20;

    /// <summary>Whether there is a device of this id or serial number, as far as the context shows it.</summary>
    public Task<bool> Holds(string idOrSerial, CancellationToken cancellationToken) =>
        context.Set<DoorbellDevice>().AnyAsync(row => row.Id == idOrSerial || row.Serial == idOrSerial, cancellationToken);

    /// <summary>A device by its id or its serial; none when it is unknown.</summary>
    public async Task<DeviceView?> Find(string idOrSerial, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<DoorbellDevice>().FirstOrDefaultAsync(row => row.Id == idOrSerial || row.Serial == idOrSerial, cancellationToken) is { } device
            ? (await Views([device], now, cancellationToken))[0]
            : null;

    /// <summary>The devices of an area and below, by serial.</summary>
    public async Task<IReadOnlyList<DeviceView>> Of(string area, DateTimeOffset now, CancellationToken cancellationToken) => await Views(
        await context.Set<DoorbellDevice>().Where(row => row.AreaCode.StartsWith(area) || row.CountyCode == area).OrderBy(row => row.Serial).Take(1000).ToListAsync(cancellationToken), now, cancellationToken);

    private async Task<IReadOnlyList<DeviceView>> Views(List<DoorbellDevice> devices, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = devices.ConvertAll(device => device.Id);
        var links = (await context.Set<ResponderLink>().Where(row => ids.Contains(row.DeviceId) && row.Active).OrderBy(row => row.Tier).ThenBy(row => row.Ord).ToListAsync(cancellationToken))
            .ToLookup(row => row.DeviceId);
        return
        [
            .. devices.Select(device => new DeviceView(
                device.Id, device.Serial, device.AreaCode, device.Place, device.PersonId, device is { Status: DeviceStatus.Commissioned } && device.AwayUntil > now ? "Away" : device.Status.ToString(),
                device.HeartbeatAt, device.Battery, device.Signal, device.LastTestAt, device.CommissionedAt, device.AwayUntil, [.. links[device.Id]],
                [.. Warnings(device, [.. links[device.Id]], now)]))
        ];
    }

    private static IEnumerable<string> Warnings(DoorbellDevice device, IReadOnlyList<ResponderLink> links, DateTimeOffset now)
    {
        if (device.Status is DeviceStatus.Stock or DeviceStatus.Retired)
            yield break;
        if (links.Count < 2)
            yield return links.Count == 0 ? "noResponder" : "oneResponder";
        if (links.Any(link => RingPlan.Channels(link, now).Count < 2))
            yield return "oneChannel";
        if (device.LastTestAt is null || now - device.LastTestAt > Heard)
            yield return "testOverdue";
        if (device.Battery < Low)
            yield return "lowBattery";
        if (device.HeartbeatAt is null || now - device.HeartbeatAt > Silent)
            yield return "silent";
    }
}
