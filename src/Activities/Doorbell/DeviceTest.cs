using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>A test press that responders must hear (A51, INV-21): each says so by the app or the phone, or the village writes down who did.</summary>
/// <remarks>One who heard it is enough for the device to count; fewer than two responders is told to the township. After seven days without anybody the device counts as faulty.</remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "A test press that responders must hear.", Chinese = "试按测试", Waits = true)]
[Outcomes(Heard, NotHeard, Retired, Optional = [Retired])]
public sealed class DeviceTest(ReliefDatabase database) : Activity
{
    private const string Heard = nameof(Heard);
    private const string NotHeard = nameof(NotHeard);
    private const string Retired = nameof(Retired);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    [Input("The device.", Chinese = "设备")]
    public required string DeviceId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        await new HeardTests(records).Begin(DeviceId, scene.Device.Status == DeviceStatus.Commissioned ? "monthly" : "install", Deed.Of(context), cancellationToken);
        List<Message> told = [.. scene.Links.Select(link => Message.Of(new Notice("doorbell.test", "N", link.Channels.FirstOrDefault() ?? "sms", link.UserId, Json(new { place = scene.Device.Place }))))];
        if (scene.Device.PersonId is { } personId)
            told.Add(Tell.Person("doorbell.test", "P", personId, new { serial = scene.Device.Serial }));
        if (scene.Links.Count < 2)
            told.Add(scene.TellTownship("doorbell.fewResponders"));
        var due = context.Now + Patience;
        return new Waiting([Work(scene, 0, due), scene.Look(), Bookmark.Timer("due", due)]) { Memo = Json(0), Send = [.. told] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await DeviceScene.Open(records, DeviceId, context.Now, cancellationToken);
        if (scene.IsGone)
            return new Completed(Retired);
        var tests = new HeardTests(records);
        if (wakeup.IsTimer)
        {
            if (await tests.Conclude(DeviceId, Deed.Of(context), cancellationToken))
                return new Completed(Heard);
            await scene.Set(records, DeviceStatus.Faulty, cancellationToken);
            return new Completed(NotHeard) { Send = [scene.TellTownship("doorbell.notHeard")] };
        }

        if (wakeup.Kind == BookmarkKind.Event)
            return await tests.HeardByAll(DeviceId, cancellationToken) && await tests.Conclude(DeviceId, Deed.Of(context), cancellationToken)
                ? new Completed(Heard)
                : new Waiting([scene.Look()]);

        var decision = wakeup.As<TaskDecision>()!;
        var deed = Deed.Of(context, wakeup, decision.By);
        foreach (var link in decision.Form<Who>()?.HeardBy ?? [])
            await tests.Hear(DeviceId, link, deed, cancellationToken);
        if (decision.Outcome == Heard && await tests.Conclude(DeviceId, deed, cancellationToken))
            return new Completed(Heard);
        var asked = (context.Memo?.GetInt32() ?? 0) + 1;   // nobody was named: the question stays
        return new Waiting([Work(scene, asked, context.Now + Patience)]) { Memo = Json(asked) };
    }

    private static Bookmark Work(DeviceScene scene, int number, DateTimeOffset due) => Bookmark.For($"task-{number}", scene.Task("doorbell-test", "门铃试按:登记听到的响应人", ReliefRoles.VillageWorker, Heard, NotHeard) with
    {
        Form = [new FormField("heardBy", "听到的响应人", "array", [Heard])],
        Data = Json(new { scene.Device.Place, scene.Device.Serial, responders = scene.Links.Select(link => new { link.Id, link.Name, link.Tier }) }),
        Due = due,
        Priority = 60
    });

    private sealed record Who(string[]? HeardBy);
}
