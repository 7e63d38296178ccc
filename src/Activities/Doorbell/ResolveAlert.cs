using System.Text.Json;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Waits until a named human says how the alert ended, and sees to what follows from it (A49).</summary>
/// <remarks>
/// A locked door keeps it open: key holders are rung and the duty desk is asked for 110. A death found is reported as a death is (E02) and
/// never certain here. False alarms are never punished; with the third in seven days somebody looks at the device.
/// </remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "Waits for the outcome and sees to what follows from it.", Chinese = "告警处置结果", Waits = true)]
[Outcomes(FollowUp, DeviceAction, Closed, Reopened)]
public sealed class ResolveAlert(ReliefDatabase database, PersonalDataKey key, IOptions<DoorbellOptions> options) : Activity
{
    private const string FollowUp = nameof(FollowUp);
    private const string DeviceAction = nameof(DeviceAction);
    private const string Closed = nameof(Closed);
    private const string Reopened = nameof(Reopened);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(15);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    [Output("How it ended.", Chinese = "结果")]
    public string? Outcome { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        return await Over(records, scene, context, cancellationToken)
            ?? new Waiting([Look(), Bookmark.Timer("remind", context.Now + Reminder)]) { Memo = Noted(scene) };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (await Over(records, scene, context, cancellationToken) is { } over)
            return over;
        if (wakeup.IsTimer)
            return new Waiting([Bookmark.Timer("remind", context.Now + Reminder)])
            {
                Send = [Tell.Unit("doorbell.noOutcome", "C", await scene.Township(records, cancellationToken), new { alert = AlertId, place = scene.Device.Place })]
            };
        var before = context.Memo is { } memo ? memo.Deserialize<Known>(JsonSerializerOptions.Web)! : new Known(0, false);
        var writer = new RingWriter(records, key, options.Value);
        List<Message> told = [];
        if (scene.Alert.NoEntryAt is not null && !before.NoEntry)
        {
            told.AddRange(await writer.RingThese(scene, [.. scene.Links.Where(link => link.KeyHolder)], context.Now, cancellationToken));
            told.Add(Message.Of(new Notice("doorbell.noEntry", "C", "voice", "unit:" + await scene.Township(records, cancellationToken), Answer.Json(new { alert = AlertId, place = scene.Device.Place }))));
        }
        else if (scene.Alert.Pushes > before.Pushes)
            told.AddRange(await writer.Ring(scene, Math.Min(scene.Alert.Tier + 1, RingPlan.LastTier), context.Now, cancellationToken));
        return new Waiting([Look()]) { Memo = Noted(scene), Send = [.. told] };
    }

    private async Task<ActivityResult?> Over(ReliefDbContext records, AlertScene scene, ActivityContext context, CancellationToken cancellationToken)
    {
        if (scene.Alert.Outcome is not { } outcome)
            return scene.IsPresent ? null : new Completed(Reopened);
        Outcome = outcome.ToString();
        List<Message> told = [.. await new RingWriter(records, key, options.Value).Tell(scene, "doorbell.ended", [], cancellationToken)];
        if (outcome == AlertOutcome.Deceased)
        {
            if (scene.Alert.PersonId is { } personId)
                told.Add(Message.Of(Death(personId, context)));
            return new Completed(Closed) { Send = [.. told] };
        }

        var most = await new ParameterQueries(records).Whole("doorbell.falseAlarms", scene.Alert.AreaCode, ChinaTime.DayOf(context.Now), cancellationToken);
        var isOften = outcome == AlertOutcome.FalseAlarm && await new AlertDesk(records).FalseAlarms(scene.Alert, cancellationToken) >= most;
        return new Completed(FollowUp) { Also = isOften ? [DeviceAction] : [], Send = [.. told] };
    }

    private ChildStart Death(string personId, ActivityContext context) => new(
        context.KeyFor("death"), "procedure.death",
        Json(new { personId, diedOn = ChinaTime.DayOf(context.Now).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), source = "doorbell" }),
        CorrelationId: AlertBook.Chain(AlertId), SubjectId: "person:" + personId);

    private Bookmark Look() => Bookmark.Event("changed", AlertBook.Changed(AlertId));

    private static JsonElement Noted(AlertScene scene) => Json(new Known(scene.Alert.Pushes, scene.Alert.NoEntryAt is not null));

    private sealed record Known(int Pushes, bool NoEntry);
}
