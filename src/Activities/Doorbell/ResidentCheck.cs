using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The village goes to a resident whose device is silent, within 4 hours of calendar time (P22, E06).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "The village goes to a resident whose device is silent, within 4 hours.", Chinese = "上门平安核查", Waits = true, IsEmergency = true)]
[Outcomes(Safe, Danger, Back, Retired, Optional = [Back, Retired])]
public sealed class ResidentCheck(ReliefDatabase database) : Activity
{
    private const string Safe = nameof(Safe);
    private const string Danger = nameof(Danger);
    private const string Back = nameof(Back);
    private const string Retired = nameof(Retired);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        var deadline = await new Deadlines(records).Of("welfare.check", scene.Device.AreaCode, context.Now, cancellationToken);
        var task = scene.Task("doorbell-check", "门铃失联:4小时内上门平安核查", ReliefRoles.VillageWorker, Safe, Danger, Back) with { Priority = 97 };
        return new Waiting([.. deadline.Bookmarks("task", task)]) { Send = [scene.Answer("doorbell.check", "V", scene.Device.AreaCode), scene.TellTownship("doorbell.check")] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, scene.TellTownship("doorbell.check"), scene.Answer("doorbell.check", "K", scene.Device.CountyCode));
        await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("ResidentChecked", new { decision.Outcome }), Deed.Of(context, wakeup, decision.By), cancellationToken);
        if (decision.Outcome == Back)
            await scene.Set(records, DeviceStatus.Commissioned, cancellationToken);
        return new Completed(decision.Outcome);
    }
}
