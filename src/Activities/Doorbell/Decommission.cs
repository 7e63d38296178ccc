using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The village fetches a device that was taken back (PW6 step 9).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "The village fetches a device that was taken back.", Chinese = "撤机", Waits = true)]
[Outcomes(Done)]
public sealed class Decommission(ReliefDatabase database) : Activity
{
    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        return await WaitAt([Bookmark.For("task", scene.Task("doorbell-fetch", "取回爱心门铃", ReliefRoles.VillageWorker, Done) with { Priority = 40 })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context, wakeup, wakeup.As<TaskDecision>()!.By);
        await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("DeviceFetched"), deed, cancellationToken);
        return await Complete();
    }
}
