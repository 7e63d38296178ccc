using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Appeals;

/// <summary>A step of an appeal that one person decides; who has it is reminded, and the county is told when it is late.</summary>
public abstract class AppealStep : AskedStep<AppealScene>
{
    [Input("The appeal.", Chinese = "申诉")]
    public required string AppealId { get; init; }

    protected sealed override Task<AppealScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) => AppealScene.Of(db, AppealId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(AppealScene scene, Question question, bool isLate) =>
        [isLate ? scene.ToCounty("appeal.late") : Tell.Unit("appeal.remind", question.Audience, question.Unit, scene.Reference)];
}
