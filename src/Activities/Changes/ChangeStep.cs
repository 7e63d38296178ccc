using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>A step of a change that one person decides; whoever is asked is reminded, and the county told when it is late.</summary>
public abstract class ChangeStep : AskedStep<ChangeScene>
{
    [Input("The change.", Chinese = "变更")]
    public required string ChangeId { get; init; }

    protected sealed override Task<ChangeScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        ChangeScene.Of(db, ChangeId, context, cancellationToken);

    protected sealed override IEnumerable<Message> Nudges(ChangeScene scene, Question question, bool isLate) =>
    [
        isLate ? Tell.Unit("change.late", "K", scene.CountyCode, new { caseNumber = scene.Title, step = question.Title })
            : Tell.Unit("change.remind", question.Audience, question.Unit, new { caseNumber = scene.Title, step = question.Title })
    ];

    /// <summary>Writes the next stage of the change.</summary>
    protected Task<PersonChange> Write(ChangeScene scene, string what, Func<PersonChange, PersonChange> change, Deed deed, CancellationToken cancellationToken) =>
        new ChangeBook(scene.Db).Change(ChangeId, (what, null), change, deed, cancellationToken);
}
