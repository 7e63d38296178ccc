using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>Beside whatever is done: a discovery that is not closed within 20 working days is told to the county (P02).</summary>
[ChangesRecords]
[Activity("Relief Discovery", "Tells the county of a discovery that is not closed in time.", Chinese = "办结时限督办", Waits = true)]
public sealed class WatchDiscovery : Activity
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await OutreachScene.Of(db, DiscoveryId, context, cancellationToken);
        return new Waiting([Bookmark.Event("closed", Discovery.Closed(DiscoveryId)), Bookmark.Timer("total", scene.Found.DueAt!.Value)]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await OutreachScene.Of(db, DiscoveryId, context, cancellationToken);
        if (scene.Found.Status != DiscoveryStatus.Open)
            return new Completed(Done);
        // Whoever only says so has closed nothing.
        return wakeup.IsTimer ? new Waiting([]) { Send = [scene.ToCounty("discovery.overdue")] } : new Waiting([Bookmark.Event("closed", Discovery.Closed(DiscoveryId))]);
    }
}
