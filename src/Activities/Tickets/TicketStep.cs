using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>A step of a ticket that somebody decides, as <see cref="OrderStep"/> is one of an order (P15).</summary>
/// <remarks>
/// Half and four fifths of its time remind the unit. When the time is over the county is told; a step that names a port for that ends by it, the
/// others wait on. An answer that the step refuses comes back as a task with the reason.
/// </remarks>
public abstract class TicketStep : Activity
{
    private const string Task = "task";

    [Input("The ticket.", Chinese = "工单")]
    public required string TicketId { get; init; }

    /// <summary>What is asked of whom; asked again at every wake-up.</summary>
    protected abstract Question Ask(TicketScene scene);

    /// <summary>What comes of an answer: an outcome, or why it cannot be so. <see cref="Again"/> when the same is asked anew with a later end.</summary>
    protected abstract Task<StepEnd> Decide(TicketScene scene, Answer answer, CancellationToken cancellationToken);

    /// <summary>What the step does before it asks; a result ends it at once.</summary>
    protected virtual Task<StepEnd?> Begin(TicketScene scene, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult<StepEnd?>(null);

    /// <summary>What the step does when nobody has answered in time and it names a port for that.</summary>
    protected virtual Task<StepEnd> Late(TicketScene scene, string port, CancellationToken cancellationToken) => System.Threading.Tasks.Task.FromResult(StepEnd.By(port));

    /// <summary>When it is due; by the question's parameter unless the ticket itself says.</summary>
    protected virtual Task<Deadline> Due(TicketScene scene, Question question, CancellationToken cancellationToken) =>
        new Deadlines(scene.Db).Of(question.DueKey!, scene.Ticket.CountyCode, scene.Context.Now, cancellationToken);

    /// <summary>The same question once more, with the time that it has now.</summary>
    protected static StepEnd Again { get; } = new("", null);

    protected sealed override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await SceneOf(db, TicketId, context, cancellationToken);
        if (await Begin(scene, cancellationToken) is { Outcome: { } outcome } end)
            return new Completed(outcome) { Send = [.. end.Send] };
        var question = Ask(scene);
        return Waits(await Due(scene, question, cancellationToken), Task, question) with { Send = [.. question.Send] };
    }

    protected sealed override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await SceneOf(db, TicketId, context, cancellationToken);
        var question = Ask(scene);
        if (wakeup.IsTimer)
            return await Timed(scene, question, wakeup, cancellationToken);
        var answer = Answer.From(wakeup);
        var end = question.Outcomes.Contains(answer.Decision) ? await Decide(scene, answer, cancellationToken) : StepEnd.Not("UnknownDecision");
        var key = $"{Task}-{context.KeyFor(wakeup.Bookmark):N}";
        if (ReferenceEquals(end, Again))
        {
            var now = await SceneOf(db, TicketId, context, cancellationToken);
            return Waits(await Due(now, question, cancellationToken), key, Ask(now));
        }

        return end.Outcome is { } outcome
            ? new Completed(outcome) { Send = [.. end.Send] }
            : new Waiting([Bookmark.For(key, TaskOf(question, end.Problem) with { Due = context.Memo?.GetDateTimeOffset() })]);
    }

    private async Task<ActivityResult> Timed(TicketScene scene, Question question, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (!wakeup.Bookmark.EndsWith(".due", StringComparison.Ordinal))
            return new Waiting([]) { Send = [Tell.Unit("ticket.remind", question.Audience, question.Unit, scene.Reference)] };
        // The end that an extension has moved.
        if (scene.Ticket.ExtendedAt is not null && wakeup.Bookmark == Task + ".due" && scene.Ticket.DueAt > scene.Context.Now)
            return new Waiting([]);
        if (question.WhenLate is not { } port)
            return new Waiting([]) { Send = [scene.ToCounty("ticket.overdue")] };
        var end = await Late(scene, port, cancellationToken);
        return new Completed(end.Outcome!) { Send = [scene.ToCounty("ticket.overdue"), .. end.Send] };
    }

    /// <summary>What a step of a ticket works with.</summary>
    internal static async Task<TicketScene> SceneOf(ReliefDbContext db, string ticketId, ActivityContext context, CancellationToken cancellationToken)
    {
        var desk = new TicketDesk(db);
        var ticket = await desk.Get(ticketId, cancellationToken);
        return new TicketScene(db, ticket, context) { IsAboutCounty = await desk.IsAbout(ticket, ticket.CountyCode, cancellationToken) };
    }

    // When it is due is noted for a task that asks the same once more.
    private Waiting Waits(Deadline due, string name, Question question) => new([.. due.Bookmarks(name, TaskOf(question, null))]) { Memo = Json(due.Due) };

    private HumanTask TaskOf(Question question, string? problem) => question.Task(TicketDesk.Short(TicketId), TicketDesk.Chain(TicketId), problem) with { Priority = question.Kind == "ticket.transfer" ? 80 : 60 };
}
