using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>A step of a linkage that one person decides; their unit is reminded, and the county told when it is late (P28).</summary>
public abstract class LinkageStep : AskedStep<LinkageScene>
{
    [Input("The linkage.", Chinese = "救助转介")]
    public required string LinkageId { get; init; }

    protected sealed override Task<LinkageScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => LinkageScene.Of(db, LinkageId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(LinkageScene scene, Question question, bool isLate) =>
        [isLate ? scene.ToCounty("special.overdue") : Tell.Unit("special.remind", question.Audience, question.Unit, scene.Reference)];
}
