using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>A step that one person decides, about whatever a procedure is about: a conference, a charity's list. <see cref="OrderStep"/> does the same for orders and hears events too.</summary>
/// <remarks>
/// Reminded at 50 % and 80 % of its time; late or not it goes on waiting: nobody decides in a person's place. An answer that the step refuses
/// comes back as a task with the reason, due in two working days. Where the question names an event, an answer may come by that as well; one that
/// is refused changes nothing.
/// </remarks>
/// <typeparam name="TScene">What the step works with.</typeparam>
public abstract class AskedStep<TScene> : Activity
    where TScene : IAskedScene
{
    private const string Task = "task";
    private const string App = "answer";
    private const int CorrectionDays = 2;

    /// <summary>What the step is about, as it stands now; read again at every wake-up.</summary>
    protected abstract Task<TScene> Scene(ReliefDbContext db, ActivityContext context, CancellationToken cancellationToken);

    /// <summary>What is asked of whom; asked again at every wake-up. It names the parameter of its time.</summary>
    protected abstract Task<Question> Ask(TScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so.</summary>
    protected abstract Task<StepEnd> Decide(TScene scene, Answer answer, CancellationToken cancellationToken);

    /// <summary>Who is told that it waits, or that it is late.</summary>
    protected abstract IEnumerable<Message> Nudges(TScene scene, Question question, bool isLate);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        var deadline = await new Deadlines(db).Of(question.DueKey!, scene.CountyCode, context.Now, cancellationToken);
        Bookmark[] app = question.Event is { } name ? [Bookmark.Event(App, name)] : [];
        return new Waiting([.. deadline.Bookmarks(Task, question.Task(scene.Title, scene.Subject, null)), .. app]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        if (wakeup.IsTimer)
            return new Waiting([]) { Send = [.. Nudges(scene, question, wakeup.Bookmark == Task + ".due")] };
        var answer = Answer.From(wakeup);
        var end = question.Outcomes.Contains(answer.Decision) ? await Decide(scene, answer, cancellationToken) : StepEnd.Not("UnknownDecision");
        if (end.Outcome is { } outcome)
            return new Completed(outcome) { Send = [.. end.Send] };
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([Bookmark.Event(App, question.Event!)]);
        var due = (await new Deadlines(db).WorkingDays(CorrectionDays, scene.CountyCode, context.Now, cancellationToken)).Due;
        return new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", question.Task(scene.Title, scene.Subject, end.Problem) with { Due = due })]);
    }
}
