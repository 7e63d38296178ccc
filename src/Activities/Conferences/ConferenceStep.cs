using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>A step of a conference that one person decides; the county is reminded, and told when it is late.</summary>
public abstract class ConferenceStep : AskedStep<ConferenceScene>
{
    /// <summary>The conference that the step is about, before its scene is read.</summary>
    protected abstract Task<string> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken);

    protected sealed override async Task<ConferenceScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        await ConferenceScene.Of(db, await Open(db, context, cancellationToken), context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(ConferenceScene scene, Question question, bool isLate) =>
        [scene.ToCounty(isLate ? "conference.late" : "conference.remind", new { caseNumber = scene.Number, step = question.Title })];
}
