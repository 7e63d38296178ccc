using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>Beside whatever is done: an approved emergency that nobody has taken on within 4 hours on the clock is told to the county (P29 step 4).</summary>
[ChangesRecords]
[Activity("Relief Emergency", "Tells the county of an emergency that is not dispatched in time.", Chinese = "派单时限督办", Waits = true)]
public sealed class WatchEmergency : Activity
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var emergency = await new EmergencyBook(db).Get(EmergencyId, cancellationToken);
        return new Waiting([Look(), Bookmark.Timer("dispatch", emergency.DispatchDue!.Value)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await EmergencyScene.Of(db, EmergencyId, context, cancellationToken);
        if (scene.Emergency.DispatchedAt is not null || scene.Emergency.Status == EmergencyStatus.Ended)
            return new Completed(Done);
        return wakeup.IsTimer ? new Waiting([]) { Send = [scene.ToCounty("emergency.notDispatched")] } : new Waiting([Look()]);
    }

    private Bookmark Look() => Bookmark.Event("changed", EmergencyRelief.Changed(EmergencyId));
}
