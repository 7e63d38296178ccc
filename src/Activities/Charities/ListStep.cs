using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>A step of a charity's list that one person decides; when it is late the charity and the county are told.</summary>
public abstract class ListStep : AskedStep<ListScene>
{
    [Input("The list.", Chinese = "转介名单")]
    public required string ListId { get; init; }

    protected sealed override async Task<ListScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var queries = new CharityQueries(db);
        var list = (await queries.List(ListId, cancellationToken))!;
        return new ListScene(db, list, (await queries.Project(list.ProjectId, cancellationToken))!, context);
    }

    protected sealed override IEnumerable<Message> Nudges(ListScene scene, Question question, bool isLate)
    {
        yield return ActivityDeeds.Tell(isLate ? "charity.overdue" : "charity.remind", question.Audience, question.Unit, Reference(scene));
        if (isLate && question.Audience != "K")
            yield return ActivityDeeds.Tell("charity.overdue", "K", scene.CountyCode, Reference(scene));
    }

    /// <summary>What notices of a list may say: its number.</summary>
    protected static object Reference(ListScene scene) => new { list = scene.List.Id, project = scene.Project.Name, number = scene.List.Number };
}
