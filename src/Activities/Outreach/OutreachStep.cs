using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Outreach;

/// <summary>A step of a discovery that one person decides; their unit is reminded, and the county told when it is late (P02).</summary>
public abstract class OutreachStep : AskedStep<OutreachScene>
{
    [Input("The discovery.", Chinese = "主动发现")]
    public required string DiscoveryId { get; init; }

    protected sealed override Task<OutreachScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        OutreachScene.Of(db, DiscoveryId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(OutreachScene scene, Question question, bool isLate) =>
        [isLate ? scene.ToCounty("discovery.overdue") : Tell.Unit("discovery.remind", question.Audience, question.Unit, scene.Reference)];
}
