using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>A step that one person decides, about whatever a procedure is about: a conference, a charity's list. <see cref="OrderStep"/> does the same for orders and hears events too.</summary>
/// <remarks>
/// Reminded at 50 % and 80 % of its time; late or not it goes on waiting: nobody decides in a person's place, unless the question names the answer that stands
/// then. An answer that the step refuses comes back as a task with the reason, due in two working days. Where the question names an event, an answer may come by
/// that as well; one that is refused changes nothing.
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

    /// <summary>What is asked of whom; asked again at every wake-up but that of an event it hears besides. It names the parameter of its time, or the moment itself.</summary>
    protected abstract Task<Question> Ask(TScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so.</summary>
    protected abstract Task<StepEnd> Decide(TScene scene, Answer answer, CancellationToken cancellationToken);

    /// <summary>What the step does before it asks; a result ends it at once.</summary>
    protected virtual Task<StepEnd?> Begin(TScene scene, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult<StepEnd?>(null);

    /// <summary>Who is told that it waits, or that it is late.</summary>
    protected abstract IEnumerable<Message> Nudges(TScene scene, Question question, bool isLate);

    /// <summary>The events that it hears besides, each under a name of its own.</summary>
    protected virtual IEnumerable<Bookmark> Also(TScene scene) => [];

    /// <summary>What comes of such an event; null to wait on and hear the next.</summary>
    protected virtual Task<StepEnd?> Hear(TScene scene, Wakeup wakeup, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult<StepEnd?>(null);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        if (await Begin(scene, cancellationToken) is { Outcome: { } outcome } end)
            return new Completed(outcome) { Send = [.. end.Send] };
        var question = await Ask(scene, cancellationToken);
        var deadline = question.DueAt is { } due ? new Deadline(context.Now, due, null) : await new Deadlines(db).Of(question.DueKey!, scene.CountyCode, context.Now, cancellationToken);
        Bookmark[] app = question.Event is { } name ? [Bookmark.Event(App, name)] : [];
        return new Waiting([.. deadline.Bookmarks(Task, question.Task(scene.Title, scene.Subject, null)), .. app, .. Also(scene)]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await Scene(db, context, cancellationToken);
        if (wakeup.Kind == BookmarkKind.Event && wakeup.Bookmark != App)
            return await Heard(scene, context, wakeup, cancellationToken);
        var question = await Ask(scene, cancellationToken);
        var isLate = wakeup.IsTimer && wakeup.Bookmark == Task + ".due";
        if (wakeup.IsTimer && !(isLate && question.WhenLate is not null))
            return new Waiting([]) { Send = [.. Nudges(scene, question, isLate)] };
        var answer = wakeup.IsTimer ? new Answer(question.WhenLate!, "Timeout", ActivityDeeds.System) : Answer.From(wakeup);
        var end = wakeup.IsTimer || question.Outcomes.Contains(answer.Decision) ? await Decide(scene, answer, cancellationToken) : StepEnd.Not("UnknownDecision");
        if (end.Outcome is { } outcome)
            return new Completed(outcome) { Send = [.. end.Send] };
        if (wakeup.Kind == BookmarkKind.Event)
            return new Waiting([Bookmark.Event(App, question.Event!)]);
        var due = (await new Deadlines(db).WorkingDays(CorrectionDays, scene.CountyCode, context.Now, cancellationToken)).Due;
        return new Waiting([Bookmark.For($"{Task}.again-{context.KeyFor(wakeup.Bookmark):N}", question.Task(scene.Title, scene.Subject, end.Problem) with { Due = due })]);
    }

    private async Task<ActivityResult> Heard(TScene scene, ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (await Hear(scene, wakeup, cancellationToken) is { Outcome: { } outcome } end)
            return new Completed(outcome) { Send = [.. end.Send] };
        var heard = Also(scene).Where(said => wakeup.Bookmark == said.Name || wakeup.Bookmark.StartsWith(said.Name + "-", StringComparison.Ordinal));
        return new Waiting([.. heard.Select(said => said with { Name = $"{said.Name}-{context.KeyFor(wakeup.Bookmark):N}" })]);
    }
}
