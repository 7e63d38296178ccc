using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Conferences;

/// <summary>A step of a conference that one person decides, as <see cref="OrderStep"/> is one of an order.</summary>
/// <remarks>Reminded at 50 % and 80 %; when it is late the county is told and it goes on waiting: nobody decides in a person's place.</remarks>
public abstract class ConferenceStep : Activity
{
    private const string Task = "task";
    private const int CorrectionDays = 2;

    /// <summary>The conference that the step is about, before its scene is read.</summary>
    protected abstract Task<string> Open(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken);

    /// <summary>What is asked of whom; asked again at every wake-up.</summary>
    protected abstract Task<Question> Ask(ConferenceScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so.</summary>
    protected abstract Task<StepEnd> Decide(ConferenceScene scene, Answer answer, CancellationToken cancellationToken);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        var deadline = await new Deadlines(db).Of(question.DueKey!, scene.Conference.CountyCode, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks(Task, TaskOf(scene, question, null))]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [scene.ToCounty(wakeup.Bookmark == Task + ".due" ? "conference.late" : "conference.remind", new { caseNumber = scene.Number, step = question.Title })] };
        var answer = Answer.From(wakeup);
        var end = question.Outcomes.Contains(answer.Decision) ? await Decide(scene, answer, cancellationToken) : StepEnd.Not("UnknownDecision");
        if (end.Outcome is { } outcome)
            return new Completed(outcome) { Send = [.. end.Send] };
        var due = (await new Deadlines(db).WorkingDays(CorrectionDays, scene.Conference.CountyCode, context.Now, cancellationToken)).Due;
        return new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene, question, end.Problem) with { Due = due })]);
    }

    private async Task<ConferenceScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken) =>
        await ConferenceScene.Of(db, await Open(db, context, cancellationToken), context, cancellationToken);

    private static HumanTask TaskOf(ConferenceScene scene, Question question, string? problem) => question.Task(scene.Number, Conference.Chain(scene.Conference.Id), problem);
}
