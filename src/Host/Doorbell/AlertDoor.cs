using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The door to alerts: does a deed in one transaction, then tells the alert's procedure to look again.</summary>
/// <remarks>
/// A caller that goes away stops nothing: what concerns a life is carried out, so the token given here is never the request's. When the process dies between deed and telling, the procedure
/// finds the deed at its next timer, because only the rows count.
/// </remarks>
internal sealed class AlertDoor(ReliefRecords records)
{
    private const string Procedure = "procedure.doorbell";
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public ReliefRecords Records => records;

    /// <summary>A press: alert, procedure and what it decides first, its first ring above all, are on disk, in one transaction, when this returns (INV-21).</summary>
    /// <param name="at">When it came, in business time.</param>
    public async Task<TakenSignal> Press(SignalEntry signal, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var deed = new Deed(by, at, id.ToString("N"));
        TakenSignal taken = null!;
        var start = new StartInstance(Procedure, FlowJson.Of(new { alertId = id.ToString("N") }), by)
        {
            InstanceId = id, CorrelationId = AlertBook.Chain(id.ToString("N")), BusinessKey = signal.DeviceId, RunsWithRecords = true
        };
        await records.Flows.StartWithRecords(start, async (unit, inside) =>
        {
            await using var db = ReliefDbContext.Over(unit);
            taken = await new AlertIntake(db).Press(signal with { AlertId = id }, deed, inside);
            return taken.Result == SignalResult.Raised;
        }, cancellationToken);
        if (taken.Result == SignalResult.Merged)
            await Tell(taken.Alert!.Id);
        return taken;
    }

    /// <summary>The cancel key, a heartbeat, a fault or a test press.</summary>
    public async Task<TakenSignal> Note(SignalEntry signal, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var deed = new Deed(by, at, $"{signal.DeviceId}:{signal.Nonce}");
        var taken = await records.Change(async db =>
        {
            var intake = new AlertIntake(db);
            return signal.Kind == "cancel" ? await intake.Cancel(signal, deed, cancellationToken) : await intake.Note(signal, deed, cancellationToken);
        }, cancellationToken);
        if (taken is { Result: SignalResult.Noted, Alert: { } alert })
            await Tell(alert.Id);
        return taken;
    }

    /// <summary>Starts the fault procedure of a device, one at a time per kind of fault.</summary>
    public Task<StartResult> Fault(string deviceId, string kind, string by) => records.Flows.Start(
        new StartInstance("procedure.doorbell.fault", FlowJson.Of(new { deviceId, kind }), by) { CorrelationId = $"{DeviceBook.Chain(deviceId)}:{kind}" }, CancellationToken.None);

    /// <summary>Somebody takes an alert, is there, or gives it back.</summary>
    public Task<AlertAnswer> Responds(string alertId, string by, Func<AlertBook, Deed, Task<AlertAnswer>> deed) =>
        Does(alertId, by, (db, done) => deed(new AlertBook(db), done), CancellationToken.None);

    /// <summary>The duty desk, or whoever ends it.</summary>
    public Task<AlertAnswer> Decides(string alertId, string by, Func<AlertDesk, Deed, Task<AlertAnswer>> deed) =>
        Does(alertId, by, (db, done) => deed(new AlertDesk(db), done), CancellationToken.None);

    /// <summary>Any deed on an alert, in one transaction.</summary>
    public async Task<AlertAnswer> Does(string alertId, string by, Func<ReliefDbContext, Deed, Task<AlertAnswer>> deed, CancellationToken cancellationToken)
    {
        var done = new Deed(by, await records.Now(cancellationToken), Guid.CreateVersion7().ToString("N"));
        var answer = await records.Change(db => deed(db, done), cancellationToken);
        if (answer is AlertAnswer.Done or AlertAnswer.Second)
            await Tell(alertId);
        return answer;
    }

    /// <summary>The procedures of a device look again.</summary>
    public Task<PublishReceipt> TellDevice(string deviceId) =>
        records.Flows.Publish(new EventToPublish(DeviceBook.Changed(deviceId), null, FlowJson.Of(new { deviceId }), TimeSpan.Zero), CancellationToken.None);

    private Task<PublishReceipt> Tell(string alertId) =>
        records.Flows.Publish(new EventToPublish(AlertBook.Changed(alertId), null, FlowJson.Of(new { alertId }), Kept), CancellationToken.None);
}
