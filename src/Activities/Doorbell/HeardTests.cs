using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Test presses: recorded, and no incident. A device counts once a responder has heard one (INV-21).</summary>
public sealed class HeardTests(ReliefDbContext context)
{
    /// <summary>The resident pressed for a test; the open one is taken up again.</summary>
    public async Task<HeardTest> Begin(string deviceId, string kind, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<DoorbellDevice>(deviceId, cancellationToken);
        if (await context.Set<HeardTest>().FirstOrDefaultAsync(row => row.DeviceId == deviceId && row.FinishedAt == null, cancellationToken) is { } open)
            return open;
        var test = new HeardTest { Id = deed.NewId(), DeviceId = deviceId, Kind = kind, StartedAt = deed.At };
        await context.Insert(test, cancellationToken);
        return test;
    }

    /// <summary>A responder heard it. The first makes the test good; each is remembered.</summary>
    /// <returns>False when the device or the responder is unknown.</returns>
    public async Task<bool> Hear(string deviceId, string linkId, Deed deed, CancellationToken cancellationToken)
    {
        var device = await context.Locked<DoorbellDevice>(deviceId).SingleOrDefaultAsync(cancellationToken);
        var link = await context.Set<ResponderLink>().FirstOrDefaultAsync(row => row.Id == linkId && row.DeviceId == deviceId && row.Active, cancellationToken);
        if (device is null || link is null)
            return false;
        var test = await Begin(deviceId, "monthly", deed, cancellationToken);
        if (!test.HeardBy.Contains(linkId))
            await context.Replace(test with { HeardBy = [.. test.HeardBy, linkId] }, cancellationToken);
        await context.Replace(link with { HeardAt = deed.At }, cancellationToken);
        await context.Replace(device with { LastTestAt = deed.At, HeartbeatAt = deed.At }, cancellationToken);
        await context.Audit(DeviceBook.Chain(deviceId), new AuditDetail("TestHeard", new { linkId }), deed, cancellationToken);
        return true;
    }

    /// <summary>Whether every responder has heard the open test.</summary>
    public async Task<bool> HeardByAll(string deviceId, CancellationToken cancellationToken)
    {
        var links = await context.Set<ResponderLink>().Where(row => row.DeviceId == deviceId && row.Active).Select(row => row.Id).ToListAsync(cancellationToken);
        var test = await context.Set<HeardTest>().FirstOrDefaultAsync(row => row.DeviceId == deviceId && row.FinishedAt == null, cancellationToken);
        return test is not null && links.Count > 0 && links.TrueForAll(test.HeardBy.Contains);
    }

    /// <summary>The test is over: a device that was heard counts, one that nobody heard is left as it is.</summary>
    /// <returns>True when it was heard.</returns>
    public async Task<bool> Conclude(string deviceId, Deed deed, CancellationToken cancellationToken)
    {
        await context.Lock<DoorbellDevice>(deviceId, cancellationToken);
        if (await context.Set<HeardTest>().FirstOrDefaultAsync(row => row.DeviceId == deviceId && row.FinishedAt == null, cancellationToken) is not { HeardBy.Length: > 0 } test)
            return false;
        await context.Replace(test with { FinishedAt = deed.At }, cancellationToken);
        var device = await context.Set<DoorbellDevice>().SingleAsync(row => row.Id == deviceId, cancellationToken);
        if (device.Status is DeviceStatus.Installed or DeviceStatus.Faulty)
            await context.Replace(device with { Status = DeviceStatus.Commissioned, CommissionedAt = deed.At }, cancellationToken);
        await context.Audit(DeviceBook.Chain(deviceId), new AuditDetail("DeviceTested", new { heard = test.HeardBy.Length }), deed, cancellationToken);
        return true;
    }
}
