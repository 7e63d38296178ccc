using System.Text.Json;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>The duty desk sees the alert from the first second and may call 120 or 110 at any time (A48, 0.2b).</summary>
/// <remarks>
/// While nobody is on the way it must decide at +5 minutes, its superior is called at +6, and at +8 the alert is unanswered and the county
/// informed; then both are called every minute until they decide or a named human closes the alert. A reason not to call is kept, and it may call later.
/// </remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "The duty desk decides about 120 or 110.", Chinese = "紧急调度", Waits = true, IsEmergency = true)]
[Outcomes(Dispatched, Declined, Failed, NotNeeded)]
public sealed class EmergencyDispatch(ReliefDatabase database) : Activity
{
    private const string Dispatched = nameof(Dispatched);
    private const string Declined = nameof(Declined);
    private const string Failed = nameof(Failed);
    private const string NotNeeded = nameof(NotNeeded);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (Over(scene) is { } port)
            return new Completed(port);
        var from = scene.Alert.RaisedAt;
        return new Waiting(
        [
            Work(scene, 0, await scene.Township(records, cancellationToken)), Look(),
            Bookmark.Timer("decide", from.AddSeconds(scene.Seconds.Tier3)),
            Bookmark.Timer("superior", from.AddSeconds(scene.Seconds.Superior)),
            Bookmark.Timer("unanswered", from.AddSeconds(scene.Seconds.Unanswered))
        ])
        {
            Memo = Json(new Asked())
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        if (wakeup.As<TaskDecision>() is { } decision && wakeup.Kind == BookmarkKind.Task)
            await Take(records, decision, Deed.Of(context, wakeup, decision.By), cancellationToken);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var isFailed = wakeup.Kind == BookmarkKind.Task && wakeup.As<TaskDecision>()!.Outcome == Failed;
        if (isFailed && !scene.HasEnded)
            return new Completed(Failed) { Send = [Call(scene, "doorbell.superior", "K", scene.Alert.CountyCode)] };
        if (Over(scene) is { } port)
            return new Completed(port);
        var asked = context.Memo is { } memo ? memo.Deserialize<Asked>(JsonSerializerOptions.Web)! : new Asked();
        List<Message> told = [];
        asked = await Ask(records, scene, asked, context.Now, told, cancellationToken);
        List<Bookmark> also = [];
        if (wakeup.Kind == BookmarkKind.Event)
            also.Add(Look());
        if (wakeup.Kind == BookmarkKind.Task)
            also.Add(Work(scene, asked.Tasks, await scene.Township(records, cancellationToken)));
        if (asked.Unanswered && (wakeup.Bookmark is "unanswered" or "again" || !asked.Repeats))
            also.Add(Bookmark.Timer("again", context.Now.AddSeconds(scene.Seconds.RingAgain)));
        asked = asked with { Repeats = asked.Unanswered, Tasks = asked.Tasks + (wakeup.Kind == BookmarkKind.Task ? 1 : 0) };
        return new Waiting([.. also]) { Memo = Json(asked), Send = [.. told] };
    }

    // What is due and not yet asked, while nobody is on the way.
    private static async Task<Asked> Ask(ReliefDbContext records, AlertScene scene, Asked asked, DateTimeOffset now, List<Message> told, CancellationToken cancellationToken)
    {
        if (scene.IsCovered)
            return asked;
        var (age, seconds, hasDecided) = ((now - scene.Alert.RaisedAt).TotalSeconds, scene.Seconds, scene.Alert.DecidedAt is not null);
        if (age >= seconds.Tier3 && !asked.Decide)
        {
            asked = asked with { Decide = true };
            if (!hasDecided)
                told.Add(Call(scene, "doorbell.decide", "C", await scene.Township(records, cancellationToken)));
        }

        if (age >= seconds.Superior && !asked.Superior)
        {
            asked = asked with { Superior = true };
            if (!hasDecided)
                told.Add(Call(scene, "doorbell.superior", "K", scene.Alert.CountyCode));
        }

        if (age < seconds.Unanswered)
            return asked;
        if (!asked.Unanswered)
            await records.Replace(scene.Alert with { Status = AlertStatus.Unanswered, UnansweredAt = scene.Alert.UnansweredAt ?? now }, cancellationToken);
        told.Add(Call(scene, "doorbell.unanswered", "K", scene.Alert.CountyCode));
        told.Add(Call(scene, "doorbell.decide", "C", await scene.Township(records, cancellationToken)));
        return asked with { Unanswered = true };
    }

    private async Task Take(ReliefDbContext records, TaskDecision decision, Deed deed, CancellationToken cancellationToken)
    {
        var form = decision.Form<Form>();
        var desk = new AlertDesk(records);
        if (decision.Outcome == Dispatched)
            await desk.Dispatch(AlertId, new EmergencyCall(form?.Line ?? "120", form?.Reference ?? "-"), deed, cancellationToken);
        else if (decision.Outcome == Declined)
            await desk.Decline(AlertId, form?.Reason ?? "-", deed, cancellationToken);
    }

    private Bookmark Look() => Bookmark.Event("changed", AlertBook.Changed(AlertId));

    private Bookmark Work(AlertScene scene, int number, string township) => Bookmark.For($"duty-{number}", new HumanTask
    {
        Title = "门铃告警值守",
        Kind = "doorbell-duty",
        Role = ReliefRoles.DutyOfficer,
        Unit = township,
        Subject = AlertBook.Chain(AlertId),
        Outcomes = [Dispatched, Declined, Failed],
        Form =
        [
            new FormField("line", "120/110/119", "string", [Dispatched]), new FormField("reference", "回执号", "string", [Dispatched]),
            new FormField("reason", "原因", "string", [Declined, Failed])
        ],
        Data = Json(new { scene.Device.Place, scene.Device.Serial, raisedAt = scene.Alert.RaisedAt, childAlone = scene.Alert.ChildAlone }),
        Due = scene.Alert.RaisedAt.AddSeconds(scene.Seconds.Tier3),
        Priority = 100
    });

    private static Message Call(AlertScene scene, string template, string audience, string unit) =>
        Message.Of(new Notice(template, audience, "voice", "unit:" + unit, Answer.Json(new { alert = scene.Alert.Id, place = scene.Device.Place }))) with { Urgent = true };

    private static string? Over(AlertScene scene) => scene switch
    {
        { Alert.EmergencyRef: not null } => Dispatched,
        { HasEnded: true, Alert.DeclineReason: not null } => Declined,
        { HasEnded: true } => NotNeeded,
        _ => null
    };

    private sealed record Form(string? Line, string? Reference, string? Reason);

    private sealed record Asked(bool Decide = false, bool Superior = false, bool Unanswered = false, bool Repeats = false, int Tasks = 1);
}
