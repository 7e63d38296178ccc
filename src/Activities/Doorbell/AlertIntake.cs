using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Takes signals in, in the transaction that is committed before the device is answered (INV-21).</summary>
/// <remarks>The device's row is locked: two presses at the same moment make one alert.</remarks>
public sealed class AlertIntake(ReliefDbContext context)
{
    /// <summary>The time in which alerts are counted to know a storm.</summary>
    internal static readonly TimeSpan StormSpan = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan NonceKept = TimeSpan.FromDays(7);

    /// <summary>A press, from whichever side: raises an alert, or joins the open one and never cancels it.</summary>
    public async Task<TakenSignal> Press(SignalEntry signal, Deed deed, CancellationToken cancellationToken)
    {
        if (await Know(signal, deed, cancellationToken) is not { } device)
            return new TakenSignal(SignalResult.Replayed);
        var open = await Open(device.Id, cancellationToken);
        var taken = open is null
            ? new TakenSignal(SignalResult.Raised, await Raise(device, signal, deed, cancellationToken), 1)
            : new TakenSignal(SignalResult.Merged, open with { MergedCount = open.MergedCount + 1, Pushes = open.Pushes + 1 }, open.MergedCount + 2);
        if (open is null)
            await context.Insert(taken.Alert!, cancellationToken);
        else
            await context.Replace(taken.Alert!, cancellationToken);
        await context.Insert(Row(signal, deed) with { AlertId = taken.Alert!.Id }, cancellationToken);
        return taken;
    }

    /// <summary>The cancel key: a wish that a named human must verify; the ladder runs on.</summary>
    public async Task<TakenSignal> Cancel(SignalEntry signal, Deed deed, CancellationToken cancellationToken)
    {
        if (await Know(signal, deed, cancellationToken) is not { } device)
            return new TakenSignal(SignalResult.Replayed);
        var open = await Open(device.Id, cancellationToken);
        await context.Insert(Row(signal, deed) with { AlertId = open?.Id }, cancellationToken);
        if (open is null)
            return new TakenSignal(SignalResult.NothingOpen);
        var marked = open with { SelfCancelledAt = open.SelfCancelledAt ?? deed.At };
        await context.Replace(marked, cancellationToken);
        return new TakenSignal(SignalResult.Noted, marked, marked.MergedCount + 1);
    }

    /// <summary>A sign of life, a fault or a test press: the device's row knows of it.</summary>
    public async Task<TakenSignal> Note(SignalEntry signal, Deed deed, CancellationToken cancellationToken)
    {
        if (await Know(signal, deed, cancellationToken) is null)
            return new TakenSignal(SignalResult.Replayed);
        await context.Insert(Row(signal, deed), cancellationToken);
        return new TakenSignal(SignalResult.Noted);
    }

    /// <summary>Forgets nonces that are older than any signal that would still be taken.</summary>
    public Task<int> Sweep(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - NonceKept;
        return context.Set<DoorbellSignal>().Where(row => row.ReceivedAt < before && row.AlertId == null).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<DoorbellDevice?> Know(SignalEntry signal, Deed deed, CancellationToken cancellationToken)
    {
        var device = await context.Locked<DoorbellDevice>(signal.DeviceId).SingleAsync(cancellationToken);
        var id = KeyOf(signal);
        if (await context.Set<DoorbellSignal>().AnyAsync(row => row.Id == id, cancellationToken))
            return null;
        if (signal.Kind is "manual" or "welfare")
            return device;   // people spoke, the device did not
        var heard = device with { HeartbeatAt = deed.At, Battery = signal.Battery ?? device.Battery, Signal = signal.Signal ?? device.Signal };
        await context.Replace(heard, cancellationToken);
        return heard;
    }

    private async Task<Alert> Raise(DoorbellDevice device, SignalEntry signal, Deed deed, CancellationToken cancellationToken)
    {
        var seconds = await LadderSeconds.Of(context, device, ChinaTime.DayOf(deed.At), cancellationToken);
        var since = deed.At - StormSpan;
        var recent = await context.Set<Alert>().Where(row => row.CountyCode == device.CountyCode && row.RaisedAt > since).Take(seconds.Storm).CountAsync(cancellationToken);
        return new Alert
        {
            Id = signal.AlertId.ToString("N"),
            CountyCode = device.CountyCode,
            CreatedAt = deed.At,
            CreatedBy = deed.By,
            DeviceId = device.Id,
            AreaCode = device.AreaCode,
            PersonId = device.PersonId,
            RaisedAt = deed.At,
            Kind = signal.Kind,
            Status = AlertStatus.Raised,
            InstanceId = signal.AlertId.ToString("N"),
            Storm = recent >= seconds.Storm,
            ChildAlone = device.ChildAlone,
            Seconds = seconds.Write()
        };
    }

    private Task<Alert?> Open(string deviceId, CancellationToken cancellationToken) =>
        context.Set<Alert>().FirstOrDefaultAsync(row => row.DeviceId == deviceId && row.ResolvedAt == null, cancellationToken);

    private static string KeyOf(SignalEntry signal) => $"{signal.DeviceId}:{signal.Nonce}";

    private static DoorbellSignal Row(SignalEntry signal, Deed deed) => new()
    {
        Id = KeyOf(signal), DeviceId = signal.DeviceId, Kind = signal.Kind, SentAt = signal.SentAt, ReceivedAt = deed.At
    };
}
