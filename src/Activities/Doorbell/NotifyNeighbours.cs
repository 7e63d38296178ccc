using System.Text.Json;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Rings a tier, each person on two channels, and waits for the first who accepts (A46): event <c>alert:{alertId}</c> when anything changed.</summary>
/// <remarks>
/// A further press or the duty desk's escalation ends the wait at once (0.2b). A cancelled alarm is told to those who are rung, and they are
/// rung on until a named human has verified it. What counts is always the alert's row, so an event that was lost or comes twice changes nothing.
/// </remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "Rings the responders of a tier and waits for the first who accepts.", Chinese = "通知邻里", Waits = true, IsEmergency = true)]
[Outcomes(Accepted, NoResponse, ResidentCancelled, Closed)]
public sealed class NotifyNeighbours(ReliefDatabase database, PersonalDataKey key, IOptions<DoorbellOptions> options) : Activity
{
    private const string Accepted = nameof(Accepted);
    private const string NoResponse = nameof(NoResponse);
    private const string ResidentCancelled = nameof(ResidentCancelled);
    private const string Closed = nameof(Closed);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    [Input("1 to 4; 0 for the one after the highest that was rung.", Chinese = "梯队")]
    public int Tier { get; init; }

    [Input("Seconds until nobody has answered; 0 for those of the device and the county (doorbell.tier1 …).", Chinese = "等待秒数")]
    public int Window { get; init; }

    [Output("The responder who leads.", Chinese = "响应人")]
    public string? AccepterId { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (Over(scene) is { } port)
            return new Completed(port);
        var tier = Tier == 0 ? Math.Min(scene.Alert.Tier + 1, RingPlan.LastTier) : Tier;
        var rings = await new RingWriter(records, key, options.Value).Ring(scene, tier, context.Now, cancellationToken);
        if (rings.Count == 0 && tier < RingPlan.LastTier)
            return new Completed(NoResponse);   // nobody of this tier can come now
        var told = tier == 3 ? [.. rings, Relief.Flow.Activities.Tell.Unit("doorbell.tier3", "C", await scene.Township(records, cancellationToken), new { alert = AlertId, place = scene.Device.Place })] : rings;
        return new Waiting([Bookmark.Event("changed", AlertBook.Changed(AlertId)), Bookmark.Timer("window", Until(scene, tier, context.Now))])
        {
            Memo = Noted(scene), Send = [.. told]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        var writer = new RingWriter(records, key, options.Value);
        if (Over(scene) is { } port)
        {
            var told = port != Accepted ? [] : await writer.Tell(scene, "doorbell.taken", [.. scene.Responders.Select(row => row.LinkId)], cancellationToken);
            return new Completed(port) { Send = port == Accepted ? [.. told, RingWriter.ToResident(scene, "doorbell.coming")] : [] };
        }

        var before = context.Memo is { } memo ? memo.Deserialize<Known>(JsonSerializerOptions.Web)! : new Known(0, false);
        if (wakeup.IsTimer || scene.Alert.Pushes > before.Pushes)
            return new Completed(NoResponse);
        var isNewWish = scene.Alert.SelfCancelledAt is not null && !before.Cancelled;
        return new Waiting([Bookmark.Event("changed", AlertBook.Changed(AlertId))])
        {
            Memo = Noted(scene), Send = isNewWish ? [.. await writer.Tell(scene, "doorbell.selfCancelled", [], cancellationToken)] : []
        };
    }

    private string? Over(AlertScene scene)
    {
        AccepterId = scene.Alert.AccepterId;
        return scene switch
        {
            { HasEnded: true, Alert: { SelfCancelledAt: not null, Outcome: AlertOutcome.FalseAlarm } } => ResidentCancelled,
            { HasEnded: true } => Closed,
            { IsCovered: true } => Accepted,
            _ => null
        };
    }

    // A tier that begins in its time ends in its time; one that begins late gets its whole span.
    private DateTimeOffset Until(AlertScene scene, int tier, DateTimeOffset now)
    {
        if (Window > 0)
            return now.AddSeconds(Window);
        var end = scene.Alert.RaisedAt.AddSeconds(scene.Seconds.EndOf(tier));
        return tier < RingPlan.LastTier && end > now ? end : now.AddSeconds(scene.Seconds.SpanOf(tier));
    }

    private static JsonElement Noted(AlertScene scene) => Json(new Known(scene.Alert.Pushes, scene.Alert.SelfCancelledAt is not null));

    private sealed record Known(int Pushes, bool Cancelled);
}
