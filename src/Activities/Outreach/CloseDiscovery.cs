using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>Closes a discovery with what came of it; who found the person learns the class of it and no more (P02 step 3).</summary>
[ChangesRecords]
[Activity("Relief Discovery", "Closes a discovery with what came of it.", Chinese = "办结主动发现")]
public sealed class CloseDiscovery : Activity
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    [Input("Applied, Declined, NoNeed or NotFound.", Chinese = "结果")]
    public required DiscoveryOutcome Outcome { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await new DiscoveryBook(db).Close(DiscoveryId, Outcome, context.DeedOf("close"), cancellationToken);
        var scene = await OutreachScene.Of(db, DiscoveryId, context, cancellationToken);
        var over = Message.Of(new EventPublished(Discovery.Closed(DiscoveryId), null, Json(new { discovery = DiscoveryId })));
        return new Completed(Done) { Send = [over, .. await scene.ToDiscoverer(cancellationToken), .. Outcome == DiscoveryOutcome.NotFound ? new[] { scene.ToCounty("discovery.notFound") } : []] };
    }
}
