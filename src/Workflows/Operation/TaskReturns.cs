using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>驳回 and 撤回: work goes back to a step that was done, by whoever holds what came of it, or by whoever did it while nobody has begun what came of it.</summary>
/// <remarks>
/// The step begins again and everybody after it decides anew; what was decided before stays readable. Work never goes back over a step that approved something or moved
/// money, nor over a message that goes out at most once: such a thing is undone by its own procedure. Of a return and a completion at the same time one counts: whoever
/// consumes the bookmark.
/// </remarks>
public sealed class TaskReturns
{
    private readonly IFlowStore store;
    private readonly ReadSide side;
    private readonly DefinitionLibrary library;
    private readonly ActivityCatalog catalog;
    private readonly TaskQueries tasks;
    private readonly InstanceQueries instances;
    private readonly JournalQueries journal;

    public TaskReturns(IFlowStore store, ReadSide side, DefinitionLibrary library, ActivityCatalog catalog)
    {
        this.store = store;
        this.side = side;
        this.library = library;
        this.catalog = catalog;
        tasks = new TaskQueries(side);
        instances = new InstanceQueries(side, InstanceState.Read);
        journal = new JournalQueries(side);
    }

    /// <summary>The steps to which an open task can go back, the latest first; none when it is not open.</summary>
    public async Task<IReadOnlyList<DoneStep>> Steps(Guid taskId, CancellationToken cancellationToken) =>
        await tasks.FindAny(taskId, cancellationToken) is { } task && await Place(task.Summary, cancellationToken) is { } place ? await Steps(place, cancellationToken) : [];

    /// <summary>Sends work back from a task that somebody holds.</summary>
    /// <param name="to">The activity id of one of its <see cref="Steps(Guid, CancellationToken)"/>.</param>
    public async Task<ReturnOutcome> Return(Guid taskId, string to, string reason, string by, CancellationToken cancellationToken)
    {
        if (await tasks.FindAny(taskId, cancellationToken) is not { Summary: { State: TaskState.Claimed, Assignee: { } holder } task } || holder != by || await Place(task, cancellationToken) is not { } place)
            return ReturnOutcome.NotHeld;

        return (await Steps(place, cancellationToken)).Any(step => step.ActivityId == to) ? await Send(place, to, ("Return", reason, by), cancellationToken) : ReturnOutcome.NoStep;
    }

    /// <summary>Takes one's own decision back while the task that came of it lies untouched.</summary>
    public async Task<ReturnOutcome> Withdraw(Guid taskId, string reason, string by, CancellationToken cancellationToken)
    {
        if (await tasks.FindAny(taskId, cancellationToken) is not { Summary: { State: TaskState.Completed, CompletedBy: { } doer, CompletedAt: { } doneAt } done } || doer != by)
            return ReturnOutcome.NotHeld;

        var open = await tasks.List(new TaskFilter { InstanceId = done.InstanceId }, null, null, cancellationToken);
        if (open.Items is not [{ State: TaskState.Open } next] || next.CreatedAt < doneAt || await Place(next, cancellationToken) is not { } place)
            return ReturnOutcome.GoneOn;

        return (await Steps(place, cancellationToken)).FirstOrDefault() is { } latest && latest.TaskId == taskId
            ? await Send(place, done.ActivityId, ("Withdraw", reason, by), cancellationToken)
            : ReturnOutcome.GoneOn;
    }

    private async Task<List<DoneStep>> Steps(Standing at, CancellationToken cancellationToken)
    {
        var done = await tasks.List(new TaskFilter { InstanceId = at.Task.InstanceId, States = [nameof(TaskState.Completed)] }, null, Cursor.MaxTake, cancellationToken);
        var barrier = await Barrier(at, cancellationToken);
        return [.. done.Items.Where(task => task.ActivityId != at.Task.ActivityId && at.Flowchart.Activities.Any(node => node.Id == task.ActivityId) && (barrier is null || task.CompletedAt > barrier))
            .OrderByDescending(task => task.CompletedAt).DistinctBy(task => task.ActivityId)
            .Select(task => new DoneStep(task.ActivityId, at.Drawn.Nodes[task.ActivityId].DisplayText, task.Id, task.CompletedBy, task.CompletedAt))];
    }

    // The moment before which nothing is done again; null when there is none.
    private async Task<DateTimeOffset?> Barrier(Standing at, CancellationToken cancellationToken)
    {
        var sent = await new Query(side, "select created_at from outbox").Where("instance_id = {0}", at.Task.InstanceId).Where("class = 2").Read(row => (DateTimeOffset?)row.Instant("created_at"), cancellationToken);
        var final = (await journal.All(at.Task.InstanceId, cancellationToken)).Where(line => line is { Event: "Completed", ActivityId: { } step } && IsFinal(at.Drawn, step)).Select(line => (DateTimeOffset?)line.At);
        return sent.Concat(final).Max();
    }

    private bool IsFinal(Definition drawn, string step) => drawn.Nodes.GetValueOrDefault(step) is { } node && catalog.Find(node.Type) is { MovesMoney: true } or { Approves: true };

    // The run that waits for this very task, and the flowchart around it; null elsewhere: there is no way back in a sequence or a loop.
    private async Task<Standing?> Place(TaskSummary task, CancellationToken cancellationToken) =>
        task.State is TaskState.Open or TaskState.Claimed
        && await instances.Find(task.InstanceId, cancellationToken) is { } instance && await library.Version(instance.VersionId, cancellationToken) is { } drawn
        && await instances.State(task.InstanceId, cancellationToken) is { } state && state.Frames.FirstOrDefault(frame => frame.Bookmarks.Any(standing => standing.Id == task.Id)) is { } run
        && drawn.Nodes.GetValueOrDefault(run.ActivityId)?.Parent is { } parent && drawn.Nodes.GetValueOrDefault(parent) is { Type: Flowchart.Type } flowchart
            ? new Standing(task, run, flowchart, drawn)
            : null;

    private async Task<ReturnOutcome> Send(Standing at, string to, (string Verb, string Reason, string By) deed, CancellationToken cancellationToken)
    {
        var order = FlowJson.Of(new MendByHand("return", at.Run.Ordinal, to, null, deed.Reason, deed.By));
        var receipt = await store.Send(new NewMail(at.Task.InstanceId, MailKind.Mend, order, $"return:{at.Task.Id}", at.Task.Id), cancellationToken);
        if (receipt is not (MailReceipt.Delivered or MailReceipt.Repeated))
            return ReturnOutcome.GoneOn;

        await store.ChangeNow((unit, now) => UnitSql.Run(unit, side,
            """
            insert into task_note (task_id, verb, by_whom, to_whom, at, note) select t.id, {1}, {2}, {3}, {4}, {5} from task t
            where t.id = {0} and not exists (select 1 from task_note n where n.task_id = t.id and n.verb = {1})
            """, [at.Task.Id, deed.Verb, deed.By, at.Drawn.Nodes[to].DisplayText, now, deed.Reason], cancellationToken), cancellationToken);
        return ReturnOutcome.Done;
    }

    private sealed record Standing(TaskSummary Task, Frame Run, Node Flowchart, Definition Drawn);
}

/// <summary>A step that a person did, and to which work can go back.</summary>
/// <param name="TaskId">The task that was done there last.</param>
public sealed record DoneStep(string ActivityId, string Name, Guid TaskId, string? CompletedBy, DateTimeOffset? CompletedAt);

/// <summary>What became of a return.</summary>
public enum ReturnOutcome
{
    Done,

    /// <summary>Who asks does not hold the task, or did not do it.</summary>
    NotHeld,

    /// <summary>The step was not done before, lies in another flowchart, or something was approved, paid or sent since.</summary>
    NoStep,

    /// <summary>Somebody or something was faster: the task is done, or what came of it has begun.</summary>
    GoneOn
}
