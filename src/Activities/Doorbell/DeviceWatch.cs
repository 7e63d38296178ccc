using System.Text.Json;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Looks after a device that counts: heartbeat, monthly test, the day it is taken back (PW6 step 9, P22).</summary>
/// <remarks>The timer is armed again from the last heartbeat when it fires, so a heartbeat costs one row and wakes nobody. A person's death or move takes the device back (E02, E03).</remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "Looks after a device: heartbeat, monthly test, taking it back.", Chinese = "设备值守", Waits = true)]
[Outcomes(Silent, TestDue, Retired)]
public sealed class DeviceWatch(ReliefDatabase database) : Activity
{
    private const string Silent = nameof(Silent);
    private const string TestDue = nameof(TestDue);
    private const string Retired = nameof(Retired);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        var days = await new ParameterQueries(records).Whole("doorbell.test", scene.Device.AreaCode, ChinaTime.DayOf(context.Now), cancellationToken);
        var tested = scene.Device.LastTestAt ?? scene.Device.CommissionedAt ?? context.Now;
        List<Bookmark> waits = [scene.Look(), Bookmark.Timer("silent", Beat(scene, context.Now)), Bookmark.Timer("test", tested.AddDays(days))];
        if (scene.Device.PersonId is { } personId)
            waits.Add(Bookmark.Event("interrupt", "interrupt:" + personId));
        return new Waiting([.. waits]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        switch (wakeup.Bookmark)
        {
            case "test":
                return new Completed(TestDue);
            case "silent" when !scene.IsAlive(context.Now):
                return new Completed(Silent);
            case "silent":
                return new Waiting([Bookmark.Timer("silent", Beat(scene, context.Now))]);
            case "interrupt":
                var kind = wakeup.Payload.ValueKind == JsonValueKind.Object && wakeup.Payload.TryGetProperty("kind", out var said) ? said.GetString() : null;
                if (kind is not ("PersonDied" or "PersonMoved"))
                    return new Waiting([Bookmark.Event("interrupt", "interrupt:" + scene.Device.PersonId)]);
                await scene.Set(records, DeviceStatus.Retired, cancellationToken);
                await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("DeviceRetired", new { kind }), Deed.Of(context), cancellationToken);
                return new Completed(Retired);
            default:
                return new Waiting([scene.Look()]);
        }
    }

    private static DateTimeOffset Beat(DeviceScene scene, DateTimeOffset now) => (scene.Device.HeartbeatAt ?? now) + scene.Beat;
}
