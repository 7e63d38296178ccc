using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>A broken device is swapped within 2 working days; until then the resident is called every day (P22).</summary>
/// <remarks>A daily call that nobody answers sends the village there within 4 hours.</remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "Swaps a broken device; until then the resident is called every day.", Chinese = "更换设备", Waits = true)]
[Outcomes(Swapped, Retired, Optional = [Retired])]
public sealed class SwapDevice(ReliefDatabase database) : Activity
{
    private const string Swapped = nameof(Swapped);
    private const string Retired = nameof(Retired);
    private const string Answered = nameof(Answered);
    private const string NoAnswer = nameof(NoAnswer);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        var deadline = await new Deadlines(records).Of("doorbell.swap", scene.Device.AreaCode, context.Now, cancellationToken);
        var task = scene.Task("doorbell-swap", "更换爱心门铃", ReliefRoles.VillageWorker, Swapped) with { Form = [new FormField("serial", "新设备编号", "string", [])] };
        return new Waiting([.. deadline.Bookmarks("swap", task), scene.Look(), Bookmark.Timer("daily", context.Now + Day)]) { Memo = Json(0) };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([scene.Look()]);
        var count = context.Memo?.GetInt32() ?? 0;
        if (wakeup.Bookmark == "daily")
            return new Waiting([Call(scene, count, context.Now), Bookmark.Timer("daily", context.Now + Day)]) { Memo = Json(count + 1) };
        if (wakeup.As<TaskDecision>() is not { } decision)
            return await KeepWaiting(null, scene.TellTownship("doorbell.swapDue"));
        var deed = Deed.Of(context, wakeup, decision.By);
        if (wakeup.Bookmark != "swap")
            return await Called(records, scene, (decision.Outcome, count), deed, cancellationToken);
        var serial = decision.Form<NewDevice>()?.Serial;
        await records.Replace(scene.Device with { Serial = string.IsNullOrWhiteSpace(serial) ? scene.Device.Serial : serial, Status = DeviceStatus.Installed, HeartbeatAt = context.Now }, cancellationToken);
        await records.Audit(DeviceBook.Chain(DeviceId), new AuditDetail("DeviceSwapped", new { serial }), deed, cancellationToken);
        return new Completed(Swapped);
    }

    private static async Task<ActivityResult> Called(ReliefDbContext records, DeviceScene scene, (string Outcome, int Count) call, Deed deed, CancellationToken cancellationToken)
    {
        await records.Audit(DeviceBook.Chain(scene.Device.Id), new AuditDetail("DailyCall", new { call.Outcome }), deed, cancellationToken);
        if (call.Outcome != NoAnswer)
            return new Waiting([]);
        var check = scene.Task("doorbell-check", "每日电话无人接听:4小时内上门核查", ReliefRoles.VillageWorker, Answered) with { Due = deed.At.AddHours(4), Priority = 97 };
        return new Waiting([Bookmark.For($"check-{call.Count}", check)]) { Memo = Json(call.Count + 1), Send = [scene.TellTownship("doorbell.check")] };
    }

    private static Bookmark Call(DeviceScene scene, int number, DateTimeOffset now) => Bookmark.For(
        $"call-{number}", scene.Task("doorbell-daily-call", "门铃更换前每日电话", ReliefRoles.DutyOfficer, Answered, NoAnswer) with { Due = now.AddHours(4), Priority = 90 });

    private sealed record NewDevice(string? Serial);
}
