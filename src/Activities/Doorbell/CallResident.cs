using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The duty desk calls a resident whose device is silent: within the hour, or somebody goes there (0.2b).</summary>
/// <remarks>Who answers is asked to look at the device; when a second heartbeat is missed all the same, somebody goes there.</remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "The duty desk calls a resident whose device is silent.", Chinese = "电话联系住户", Waits = true)]
[Outcomes(Back, NoAnswer, StillSilent, Retired, Optional = [Back, Retired])]
public sealed class CallResident(ReliefDatabase database) : Activity
{
    private const string Back = nameof(Back);
    private const string Answered = nameof(Answered);
    private const string NoAnswer = nameof(NoAnswer);
    private const string StillSilent = nameof(StillSilent);
    private const string Retired = nameof(Retired);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        var deadline = await new Deadlines(records).Of("doorbell.call", scene.Device.AreaCode, context.Now, cancellationToken);
        var second = (scene.Device.HeartbeatAt ?? context.Now - scene.Beat) + (2 * scene.Beat);
        var task = scene.Task("doorbell-call", "门铃失联:立即电话联系住户", ReliefRoles.DutyOfficer, Answered, NoAnswer) with { Due = deadline.Due, Priority = 95 };
        return new Waiting([Bookmark.For("task", task), Bookmark.Timer("unmade", deadline.Due), Bookmark.Timer("second", second), scene.Look()]) { Memo = Json(false) };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        var spoke = context.Memo?.GetBoolean() ?? false;
        if (wakeup.As<TaskDecision>() is { } decision && wakeup.Kind == BookmarkKind.Task)
        {
            await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("ResidentCalled", new { decision.Outcome }), Deed.Of(context, wakeup, decision.By), cancellationToken);
            if (decision.Outcome == NoAnswer)
                return new Completed(NoAnswer);
            spoke = true;
        }

        if (spoke && scene.IsAlive(context.Now))
        {
            await scene.Set(records, DeviceStatus.Commissioned, cancellationToken);
            return new Completed(Back);
        }

        return wakeup.Bookmark switch
        {
            "unmade" when !spoke => new Completed(NoAnswer),
            "second" => new Completed(StillSilent),
            "changed" => new Waiting([scene.Look()]) { Memo = Json(spoke) },
            _ => new Waiting([]) { Memo = Json(spoke) }
        };
    }
}
