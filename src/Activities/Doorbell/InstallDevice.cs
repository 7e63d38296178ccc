using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The village brings a doorbell to the household and tries its signal from bed and bathroom (A51, PW6 step 9).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "The village installs a doorbell and tries its signal from bed and bathroom.", Chinese = "安装设备", Waits = true)]
[Outcomes(Installed, Retired)]
public sealed class InstallDevice(ReliefDatabase database) : Activity
{
    private const string Installed = nameof(Installed);
    private const string Postponed = nameof(Postponed);
    private const string Retired = nameof(Retired);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        return new Waiting([Work(scene, 0), scene.Look()]) { Memo = Json(0) };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([scene.Look()]);
        var decision = wakeup.As<TaskDecision>()!;
        var deed = Deed.Of(context, wakeup, decision.By);
        await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("Device" + decision.Outcome), deed, cancellationToken);
        var visits = (context.Memo?.GetInt32() ?? 0) + 1;
        if (decision.Outcome == Postponed)
            return new Waiting([Work(scene, visits)]) { Memo = Json(visits) };
        await scene.Set(records, DeviceStatus.Installed, cancellationToken);
        return new Completed(Installed);
    }

    private static Bookmark Work(DeviceScene scene, int visit) =>
        Bookmark.For($"task-{visit}", scene.Task("doorbell-install", "安装爱心门铃(床头、卫生间试信号)", ReliefRoles.VillageWorker, Installed, Postponed));
}
