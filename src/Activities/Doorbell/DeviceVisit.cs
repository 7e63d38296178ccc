using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>After the third false alarm in seven days the village looks at the device and explains it again: a visit, never a sanction (P22).</summary>
[ChangesRecords]
[Activity("Relief Doorbell", "The village looks at a device that alarms falsely and explains it again.", Chinese = "设备走访", Waits = true)]
[Outcomes(Done)]
public sealed class DeviceVisit(ReliefDatabase database) : Activity
{
    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var deadline = await new Deadlines(records).Of("doorbell.swap", scene.Alert.AreaCode, context.Now, cancellationToken);
        return await WaitAt(deadline.Bookmarks("task", new HumanTask
        {
            Title = "门铃走访:调整位置与重新讲解",
            Kind = "doorbell-visit",
            Role = ReliefRoles.VillageWorker,
            Unit = scene.Alert.AreaCode,
            Subject = "doorbell:" + scene.Device.Id,
            Outcomes = [Done],
            Form = [new FormField("note", "说明", "string", [])],
            Data = Json(new { scene.Device.Place, scene.Device.Serial }),
            Priority = 60
        }));
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting();
        await using var records = database.Over(context.Records);
        await records.Audit(AlertBook.Chain(AlertId), new AuditDetail("DeviceVisited"), Deed.Of(context, wakeup, decision.By), cancellationToken);
        return await Complete();
    }
}
