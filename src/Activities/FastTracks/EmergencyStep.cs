using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>A step of the fast track that one person decides; their unit is reminded, and the county told when it is late (P29).</summary>
public abstract class EmergencyStep : AskedStep<EmergencyScene>
{
    [Input("The emergency.", Chinese = "急难")]
    public required string EmergencyId { get; init; }

    protected sealed override Task<EmergencyScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => EmergencyScene.Of(db, EmergencyId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(EmergencyScene scene, Question question, bool isLate) =>
        [isLate ? scene.ToCounty("emergency.overdue") : Tell.Unit("emergency.remind", question.Audience, question.Unit, scene.Reference)];
}
