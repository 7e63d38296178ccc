using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Charities;

/// <summary>A step of a charity's list that a person decides, as <see cref="OrderStep"/> is one of an order.</summary>
/// <remarks>Reminders at 50 % and 80 %; when it is late the charity and the county are told and it goes on waiting: nobody answers in a charity's place.</remarks>
public abstract class ListStep : Activity
{
    private const string Task = "task";
    private const int CorrectionDays = 2;

    [Input("The list.", Chinese = "转介名单")]
    public required string ListId { get; init; }

    /// <summary>What is asked of whom; asked again at every wake-up.</summary>
    protected abstract Task<Question> Ask(ListScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so.</summary>
    protected abstract Task<StepEnd> Decide(ListScene scene, Answer answer, CancellationToken cancellationToken);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Of(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        var deadline = await new Deadlines(db).Of(question.DueKey!, scene.List.CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks(Task, TaskOf(scene, question, null))]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Of(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [.. Nudges(scene, question, wakeup.Bookmark == Task + ".due")] };
        var end = await Decide(scene, Answer.From(wakeup), cancellationToken);
        if (end.Outcome is { } outcome)
            return new Completed(outcome) { Send = [.. end.Send] };
        var due = (await new Deadlines(db).WorkingDays(CorrectionDays, scene.List.CountyCode, context.Now, cancellationToken)).Due;
        return new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene, question, end.Problem) with { Due = due })]);
    }

    /// <summary>What notices of a list may say: its number.</summary>
    protected static object Reference(ListScene scene) => new { list = scene.List.Id, project = scene.Project.Name, number = scene.List.Number };

    private async Task<ListScene> Of(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken)
    {
        var queries = new CharityQueries(db);
        var list = (await queries.List(ListId, cancellationToken))!;
        return new ListScene(db, list, (await queries.Project(list.ProjectId, cancellationToken))!, context);
    }

    private static IEnumerable<Message> Nudges(ListScene scene, Question question, bool isLate)
    {
        yield return ActivityDeeds.Tell(isLate ? "charity.overdue" : "charity.remind", question.Audience, question.Unit, Reference(scene));
        if (isLate && question.Audience != "K")
            yield return ActivityDeeds.Tell("charity.overdue", "K", scene.List.CountyCode, Reference(scene));
    }

    private static HumanTask TaskOf(ListScene scene, Question question, string? problem) =>
        question.Task($"{scene.Project.Name} 第{scene.List.Number}批", "charity-list:" + scene.List.Id, problem);
}
