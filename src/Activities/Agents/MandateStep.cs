using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Agents;

/// <summary>A step of help on behalf of a person that somebody decides, as <see cref="OrderStep"/> is one of an order (P20).</summary>
/// <remarks>
/// Whatever it waits for, the mandate's own times run on: a report to the supervisors each week, a review by the town after 15 working days, and
/// the end of the term. Where several steps stand side by side, one of them keeps these times. Once the mandate is over, by time or because somebody
/// revoked it, the step ends as <c>Expired</c>; only what is to be handed over still is. A step that is late is told to the town and waits on.
/// </remarks>
public abstract class MandateStep : Activity
{
    /// <summary>The port of a mandate that is over.</summary>
    protected const string Expired = MandateCourse.Expired;

    private const string Task = "task";

    [Input("The mandate.", Chinese = "委托")]
    public required string MandateId { get; init; }

    /// <summary>False where another step keeps the mandate's times meanwhile: then this one only learns that it is over.</summary>
    protected virtual bool KeepsTimes => true;

    /// <summary>False for what is done after the mandate has ended.</summary>
    protected virtual bool NeedsMandate => true;

    /// <summary>What is asked of whom; asked again at every wake-up.</summary>
    protected abstract Task<Question> Ask(MandateScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so.</summary>
    protected abstract Task<StepEnd> Decide(MandateScene scene, Answer answer, CancellationToken cancellationToken);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await MandateScene.Of(db, MandateId, context, cancellationToken);
        if (NeedsMandate && scene.Mandate.Status == MandateStatus.Ended)
            return new Completed(Expired);
        var question = await Ask(scene, cancellationToken);
        Bookmark[] own = question.DueKey is { } key
            ? [.. (await new Deadlines(db).Of(key, scene.Township, context.Now, cancellationToken)).Bookmarks(Task, TaskOf(scene, question, null))]
            : [Bookmark.For(Task, TaskOf(scene, question, null))];
        Bookmark[] app = question.Event is { } name ? [Bookmark.Event("answer", name)] : [];
        var times = new MandateCourse(scene);
        Bookmark[] course = !NeedsMandate ? [] : KeepsTimes ? [.. await times.Bookmarks(cancellationToken)] : [times.Ended];
        return new Waiting([.. own, .. app, .. course]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await MandateScene.Of(db, MandateId, context, cancellationToken);
        if (NeedsMandate && await new MandateCourse(scene).Hear(wakeup, cancellationToken) is { } heard)
            return heard;
        var question = await Ask(scene, cancellationToken);
        return wakeup.IsTimer
            ? new Waiting([]) { Send = [Nudge(scene, question, wakeup.Bookmark == Task + ".due")] }
            : await Answered(scene, question, wakeup, cancellationToken);
    }

    /// <summary>Who works for the person, with the task given to them at once.</summary>
    protected static Question OfAgent(MandateScene scene, string kind, string title) => new(kind, title, ReliefRoles.Agent, scene.Mandate.AreaCode) { Outcomes = [] };

    private async Task<ActivityResult> Answered(MandateScene scene, Question question, Wakeup wakeup, CancellationToken cancellationToken)
    {
        var answer = Answer.From(wakeup);
        var mayAnswer = question.Role != ReliefRoles.Agent || answer.By == scene.Mandate.AgentId;
        var end = !mayAnswer ? StepEnd.Not("NotTheAgent")
            : question.Outcomes.Contains(answer.Decision) ? await Decide(scene, answer, cancellationToken)
            : StepEnd.Not("UnknownDecision");
        if (end.Outcome is { } outcome)
            return new Completed(outcome) { Send = [.. end.Send] };
        return wakeup.Kind == BookmarkKind.Event
            ? new Waiting([Bookmark.Event("answer", question.Event!)])
            : new Waiting([Bookmark.For($"{Task}.again-{scene.Context.KeyFor(wakeup.Bookmark):N}", TaskOf(scene, question, end.Problem))]);
    }

    private static HumanTask TaskOf(MandateScene scene, Question question, string? problem) =>
        question.Task(scene.Title, MandateBook.Chain(scene.Mandate.Id), problem) with { Assignee = question.Role == ReliefRoles.Agent ? scene.Mandate.AgentId : null };

    private static Message Nudge(MandateScene scene, Question question, bool isLate) => isLate
        ? Tell.Unit("agent.late", "C", scene.Township, new { mandate = scene.Mandate.Id, step = question.Kind })
        : Tell.Unit("agent.remind", "V", question.Unit, new { mandate = scene.Mandate.Id, step = question.Kind });
}
