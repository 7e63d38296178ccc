using System.Text.Json;
using Microsoft.Extensions.Options;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Doorbell;

/// <summary>Waits until whoever accepted is there (A47): ten minutes from the acceptance unless set otherwise, then it is rung on and they are kept.</summary>
/// <remarks>A further press rings the next tier at once, although somebody is on the way.</remarks>
[ChangesRecords]
[Activity("Relief Doorbell", "Waits until whoever accepted is there.", Chinese = "到场守候", Waits = true)]
[Outcomes(OnScene, Late, Released, Closed)]
public sealed class ArrivalWatch(ReliefDatabase database, PersonalDataKey key, IOptions<DoorbellOptions> options) : Activity
{
    private const string OnScene = nameof(OnScene);
    private const string Late = nameof(Late);
    private const string Released = nameof(Released);
    private const string Closed = nameof(Closed);

    [Input("The alert.", Chinese = "告警")]
    public required string AlertId { get; init; }

    [Input("Seconds from the acceptance; 0 for those of the device and the county (doorbell.arrival).", Chinese = "到场秒数")]
    public int Window { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (Over(scene) is { } port)
            return new Completed(port);
        var since = scene.Responders.First(row => row.IsLead).AcceptedAt;
        var due = since.AddSeconds(Window > 0 ? Window : scene.Seconds.Arrival);
        return new Waiting([Bookmark.Event("changed", AlertBook.Changed(AlertId)), Bookmark.Timer("arrival", due)]) { Memo = Json(scene.Alert.Pushes) };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await AlertScene.Open(records, AlertId, cancellationToken);
        if (Over(scene) is { } port)
            return new Completed(port) { Send = port == Released ? [Again] : [] };
        var writer = new RingWriter(records, key, options.Value);
        if (wakeup.IsTimer)
        {
            await new AlertBook(records).MarkLate(AlertId, Deed.Of(context), cancellationToken);
            return new Completed(Late) { Send = [Again, Tell.Unit("doorbell.late", "C", await scene.Township(records, cancellationToken), new { alert = AlertId, place = scene.Device.Place })] };
        }

        var pushed = scene.Alert.Pushes > (context.Memo?.GetInt32() ?? 0);
        var rings = pushed ? await writer.Ring(scene, Math.Min(scene.Alert.Tier + 1, RingPlan.LastTier), context.Now, cancellationToken) : [];
        return new Waiting([Bookmark.Event("changed", AlertBook.Changed(AlertId))]) { Memo = Json(scene.Alert.Pushes), Send = [.. rings] };
    }

    // The duty desk's clock stood still while somebody was on the way.
    private Message Again => Message.Of(new EventPublished(AlertBook.Changed(AlertId), null, Json(new { what = "reopened" })));

    private static string? Over(AlertScene scene) => scene switch
    {
        { HasEnded: true } => Closed,
        { IsPresent: true } => OnScene,
        { IsCovered: false } => Released,
        _ => null
    };
}
