using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>A step of an order that a person decides in the inbox, or an app by an event; each such step is one small class.</summary>
/// <remarks>
/// The reminders go to the unit that is asked, at 50 % and 80 % of the span; when it is late the county is told, and unless the step names a
/// port for that it goes on waiting: nobody decides in a person's place. An answer that the step refuses comes back as a task with the
/// reason, due in two working days. A step that names a port for it ends when its order is stopped. Every answer that counts is an entry in the case's audit trail.
/// </remarks>
public abstract class OrderStep : Activity
{
    private const string Task = "task";
    private const int CorrectionDays = 2;

    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Output("Why, in the words of who answered.", Chinese = "说明")]
    public string Reason { get; private set; } = "";

    /// <summary>What is asked of whom; asked again at every wake-up, so it may depend only on inputs and records.</summary>
    protected abstract Task<Question> Ask(StepScene scene, CancellationToken cancellationToken);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so. Changes records only when it is an outcome.</summary>
    protected abstract Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken);

    /// <summary>What the step does before it asks; a result ends it at once.</summary>
    protected virtual Task<StepEnd?> Begin(StepScene scene, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult<StepEnd?>(null);

    /// <summary>What the step puts in order when its order is stopped while it waits.</summary>
    protected virtual Task<IReadOnlyList<Message>> Stopped(StepScene scene, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult<IReadOnlyList<Message>>([]);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = new StepScene(db, await new OrderScenes(db).Of(OrderId, cancellationToken), context);
        if (await Begin(scene, cancellationToken) is { Outcome: { } outcome } end)
            return new Completed(outcome) { Send = [.. end.Send] };

        var question = await Ask(scene, cancellationToken);
        var deadline = question.DueKey is { } key
            ? await new Deadlines(db).Of(key, scene.Order.TownshipCode, context.Now, cancellationToken)
            : await new Deadlines(db).WorkingDays(question.WorkingDays, scene.Order.TownshipCode, context.Now, cancellationToken);
        Bookmark[] events = question.Event is { } name ? [Bookmark.Event("answer", name)] : [];
        Bookmark[] stop = question.WhenStopped is null ? [] : [OrderStop.Of(OrderId)];
        return new Waiting([.. events, .. stop, .. deadline.Bookmarks(Task, TaskOf(scene, question, null))]) { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = new StepScene(db, await new OrderScenes(db).Of(OrderId, cancellationToken), context);
        var question = await Ask(scene, cancellationToken);
        if (wakeup.Kind == BookmarkKind.Event && wakeup.Bookmark == OrderStop.Name)
            return new Completed(question.WhenStopped!) { Send = [.. await Stopped(scene, cancellationToken), OrderStop.PassOn(OrderId, wakeup.Payload)] };
        var isLate = wakeup.IsTimer && wakeup.Bookmark == Task + ".due";
        if (wakeup.IsTimer && !(isLate && question.WhenLate is not null))
            return new Waiting([]) { Send = [Nudge(scene, question, isLate)] };

        var answer = wakeup.IsTimer ? new Answer(question.WhenLate!, "Timeout", ActivityDeeds.System) : Answer.From(wakeup);
        if (!wakeup.IsTimer && !question.Outcomes.Contains(answer.Decision))
            return await AskAgain(scene, question, (wakeup, "UnknownDecision"), cancellationToken);

        Reason = answer.Reason ?? "";
        var end = await Decide(scene, answer, cancellationToken);
        if (end.Outcome is not { } outcome)
            return await AskAgain(scene, question, (wakeup, end.Problem!), cancellationToken);
        await db.Audit(AuditTrail.Case(scene.Order.Case.Id), new AuditDetail(GetType().Name + answer.Decision, new { OrderId, answer.Reason, end.Kept }), context.DeedOf("answer", answer.By), cancellationToken);
        Message[] late = isLate ? [Nudge(scene, question, isLate)] : [];
        return new Completed(outcome) { Send = [.. late, .. end.Send] };
    }

    private static async Task<ActivityResult> AskAgain(StepScene scene, Question question, (Wakeup Wakeup, string Problem) refused, CancellationToken cancellationToken)
    {
        // An event's place is taken again under its own name; the task that was answered is used up, so it gets a new one.
        if (refused.Wakeup.Kind == BookmarkKind.Event)
            return new Waiting([Bookmark.Event("answer", question.Event!)]) { Send = [ActivityDeeds.Tell("step.refused", "C", scene.Order.TownshipCode, new { order = scene.Order.Order.Id, step = question.Kind, reason = refused.Problem })] };
        var due = (await new Deadlines(scene.Db).WorkingDays(CorrectionDays, scene.Order.TownshipCode, scene.Context.Now, cancellationToken)).Due;
        return new Waiting([Bookmark.For($"{Task}.again-{scene.Context.KeyFor(refused.Wakeup.Bookmark):N}", TaskOf(scene, question, refused.Problem) with { Due = due })]);
    }

    private static Message Nudge(StepScene scene, Question question, bool isLate) =>
        ActivityDeeds.Tell(isLate ? "task.late" : "task.remind", isLate ? "K" : question.Audience, isLate ? scene.Order.Order.CountyCode : question.Unit, scene.Order.Reference);

    private static HumanTask TaskOf(StepScene scene, Question question, string? problem) =>
        question.Task(scene.Order.Case.Number, "order:" + scene.Order.Order.Id, problem);
}
