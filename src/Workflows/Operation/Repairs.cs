using System.Globalization;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Mends what is stuck. Every deed is written down with its reason before it is done, and done once, also when the process dies in between.</summary>
public sealed class Repairs
{
    private readonly IFlowStore store;
    private readonly ReadSide side;
    private readonly FindingBook book;
    private readonly Flows flows;
    private readonly RepairRules rules;
    private readonly RepairQueries queries;
    private readonly InstanceQueries instances;

    public Repairs(IFlowStore store, ReadSide side, FindingBook book, Flows flows, RepairRules rules)
    {
        this.store = store;
        this.side = side;
        this.book = book;
        this.flows = flows;
        this.rules = rules;
        queries = new RepairQueries(side);
        instances = new InstanceQueries(side, InstanceState.Read);
    }

    /// <summary>Told of every repair that was carried out, also of those of a batch and of those that a crash left to the next look: at least once, before it counts as done.</summary>
    public Func<RepairLine, CancellationToken, Task> Carried { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Does it, or keeps it for a second person. Nothing is written when it is refused.</summary>
    public async Task<RepairReceipt> Ask(RepairOrder order, CancellationToken cancellationToken)
    {
        if (await rules.Check(order, cancellationToken) is { } refusal)
            return new RepairReceipt(null, refusal);

        var now = (await store.ReadClock(cancellationToken)).Now;
        var line = new RepairLine
        {
            Id = Guid.CreateVersion7(),
            InstanceId = order.InstanceId,
            Action = order.Action,
            Target = order.Target,
            To = order.To,
            Values = order.Values,
            Reason = order.Reason,
            AskedBy = order.By,
            AskedAt = now,
            State = await rules.NeedsSecond(order, cancellationToken) ? RepairState.Asked : RepairState.Begun
        };
        await store.Change((unit, cancellation) => UnitSql.Run(unit, side,
            "insert into repair (id, instance_id, action, target, arguments, reason, asked_by, asked_at, state) values ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8})",
            [line.Id, line.InstanceId, line.Action.ToString(), line.Target, new RepairArguments(line.To, line.Values).ToString(), line.Reason, line.AskedBy, now, (int)line.State], cancellation), cancellationToken);
        return new RepairReceipt(line.State == RepairState.Asked ? line : await Do(line, cancellationToken));
    }

    /// <summary>A second person agrees, and it is done, or says no. Two at once: one decides, the other is told that it is decided.</summary>
    public async Task<RepairReceipt> Decide(Guid id, bool agrees, (string By, string? Note) deed, CancellationToken cancellationToken)
    {
        if (await queries.Find(id, cancellationToken) is not { State: RepairState.Asked } line)
            return new RepairReceipt(null, RepairRefusal.NotAsked);
        if (line.AskedBy == deed.By)
            return new RepairReceipt(null, RepairRefusal.SamePerson);

        var now = (await store.ReadClock(cancellationToken)).Now;
        var state = agrees ? RepairState.Begun : RepairState.Refused;
        var mine = await store.Change((unit, cancellation) => UnitSql.Run(unit, side,
            "update repair set state = {0}, decided_by = {1}, decided_at = {2}, note = {3} where id = {4} and state = 1", [(int)state, deed.By, now, deed.Note, id], cancellation), cancellationToken);
        if (mine == 0)
            return new RepairReceipt(null, RepairRefusal.NotAsked);

        line = line with { State = state, DecidedBy = deed.By, DecidedAt = now, Note = deed.Note };
        return new RepairReceipt(agrees ? await Do(line, cancellationToken) : line);
    }

    /// <summary>Carries out what a process that died had begun.</summary>
    public async Task<int> Resume(CancellationToken cancellationToken)
    {
        var left = await queries.Begun((await store.ReadClock(cancellationToken)).Now - TimeSpan.FromSeconds(10), cancellationToken);
        foreach (var line in left)
            await Do(line, cancellationToken);
        return left.Count;
    }

    internal async Task<RepairLine> Do(RepairLine line, CancellationToken cancellationToken)
    {
        var answer = line.Action == RepairAction.Enquire ? await rules.Ask(line, cancellationToken) : line.Note;
        var done = line.Action switch
        {
            RepairAction.Enquire => answer is not null,
            RepairAction.Fire => await Fire(line, cancellationToken),
            RepairAction.Rearm or RepairAction.Clean or RepairAction.Replay or RepairAction.Discard => await Rows(line, RowsOf(line), cancellationToken),
            RepairAction.Retell => await Retell(line, cancellationToken),
            RepairAction.Deliver => await Deliver(line, cancellationToken),
            RepairAction.Restart => await Restart(line, cancellationToken),
            RepairAction.Answer => await Answer(line, cancellationToken),
            RepairAction.Migrate when await rules.Check(OrderOf(line), cancellationToken) is not null => false,
            _ => await Mail(line, cancellationToken)
        };
        var state = done ? RepairState.Done : RepairState.Missed;
        await Carried(line with { State = state, Note = answer }, cancellationToken);
        await store.Change((unit, cancellation) => UnitSql.Run(unit, side, "update repair set state = {0}, note = {1} where id = {2} and state = 0", [(int)state, answer, line.Id], cancellation), cancellationToken);
        await (line.InstanceId is { } instance ? book.Forget(instance, cancellationToken) : line.Target is { } target ? book.Forget("K12", target, cancellationToken) : Task.CompletedTask);
        flows.Nudge();
        return line with { State = state, Note = answer };
    }

    private static RepairOrder OrderOf(RepairLine line) =>
        new() { InstanceId = line.InstanceId, Action = line.Action, Target = line.Target, To = line.To, Values = line.Values, Reason = line.Reason, By = line.AskedBy };

    // The repair's id is the mail's key: however often it is sent, it arrives once.
    private async Task<bool> Mail(RepairLine line, CancellationToken cancellationToken)
    {
        long? ordinal = long.TryParse(line.Target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var by = line.DecidedBy is { } second ? $"{line.AskedBy}, {second}" : line.AskedBy;
        var (kind, payload) = line.Action switch
        {
            RepairAction.Retry => (MailKind.Retry, FlowJson.Of(new { ordinal, by, reason = line.Reason })),
            RepairAction.Suspend => (MailKind.Suspend, FlowJson.Of(new { by, reason = line.Reason })),
            RepairAction.Resume => (MailKind.Resume, FlowJson.Of(new { by })),
            RepairAction.Cancel => (MailKind.Cancel, FlowJson.Of(new { by, reason = line.Reason })),
            var deed => (MailKind.Mend, FlowJson.Of(new MendByHand(deed.ToString().ToLowerInvariant(), ordinal ?? 0, line.To, line.Values, line.Reason, by)))
        };
        return await store.Send(new NewMail(line.InstanceId!.Value, kind, payload, line.Id.ToString()), cancellationToken) is MailReceipt.Delivered or MailReceipt.Repeated;
    }

    // A timer that is due fires by the ordinary way, here and now, even when no node works.
    private async Task<bool> Fire(RepairLine line, CancellationToken cancellationToken)
    {
        if (!await Rows(line, ("update timer set due_at = case when due_at > {1} then {1} else due_at end where bookmark_id = {0}", line.AskedAt), cancellationToken))
            return false;

        await store.FireTimers(500, cancellationToken);
        return true;
    }

    private async Task<bool> Retell(RepairLine line, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(line.To, out var child) || !Guid.TryParse(line.Target, out var bookmark) || await instances.State(child, cancellationToken) is not { IsOpen: false } ended)
            return false;

        var told = new ChildEnded(child, ended.Status.ToString(), FlowJson.Of(ended.Output), null, ended.Outcomes.IsEmpty ? null : ended.Outcomes);
        return await store.Send(new NewMail(line.InstanceId!.Value, MailKind.Child, FlowJson.Of(told), line.Id.ToString(), bookmark), cancellationToken) is MailReceipt.Delivered or MailReceipt.Repeated;
    }

    private async Task<bool> Deliver(RepairLine line, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(line.Target, out var id) || !Guid.TryParse(line.To, out var bookmark) || line.InstanceId is not { } instance)
            return false;

        var found = await new Query(side, "select payload from parked_event").Where("id = {0}", id).Read(row => row.Json("payload"), cancellationToken);
        var sent = found is [var payload]
            && await store.Send(new NewMail(instance, MailKind.Event, payload, line.Id.ToString(), bookmark), cancellationToken) is MailReceipt.Delivered or MailReceipt.Repeated;
        return sent && await Rows(line, ("delete from parked_event where id = {0}", null), cancellationToken);
    }

    private async Task<bool> Answer(RepairLine line, CancellationToken cancellationToken) => Guid.TryParse(line.Target, out var task)
        && (await store.Act(new TaskDeed(task, TaskVerb.Complete, $"{line.AskedBy}, {line.DecidedBy}", Outcome: line.To), cancellationToken)).Outcome is TaskOutcome.Done or TaskOutcome.Repeated;

    // The repair's id is the new instance's: however often it is carried out, one starts.
    private async Task<bool> Restart(RepairLine line, CancellationToken cancellationToken)
    {
        if (await instances.Find(line.InstanceId!.Value, cancellationToken) is not { FinishedAt: not null } ended || await instances.State(ended.Id, cancellationToken) is not { } state)
            return false;

        var start = new StartInstance(ended.DefinitionId, FlowJson.Of(state.Input), $"{line.AskedBy}, {line.DecidedBy}")
        {
            InstanceId = line.Id, CorrelationId = ended.CorrelationId, BusinessKey = ended.BusinessKey, SubjectId = ended.SubjectId
        };
        return await flows.Start(start, cancellationToken) is Started or Repeated;
    }

    private static (string Text, DateTimeOffset? At) RowsOf(RepairLine line) => line.Action switch
    {
        RepairAction.Clean => (
            """
            delete from bookmark where id = {0} and not exists (select 1 from instance i where i.id = bookmark.instance_id and i.status < 8)
            """, null),
        // What goes out at most once went out before two people agreed to this: carried out twice, it is sent again once.
        RepairAction.Replay => (
            "update outbox set state = 0, attempts = 0, next_at = {1}, lease_until = null, settled_at = null where id = {0} and (class <> 2 and state in (0, 3)"
            + (line.DecidedBy is null ? ")" : " or class = 2 and state in (2, 3) and settled_at < {1})"), line.DecidedAt ?? line.AskedAt),
        RepairAction.Discard => ("delete from parked_event where id = {0}", null),
        _ => (
            """
            insert into work (instance_id, ready_at) select i.id, {1} from instance i where i.id = {0} and i.status < 8
            on conflict (instance_id) do update set ready_at = excluded.ready_at, claim_token = null, claimed_by = null, attempts = 0, wake = work.wake + 1
            """, DateTimeOffset.UnixEpoch)
    };

    private async Task<bool> Rows(RepairLine line, (string Text, DateTimeOffset? At) deed, CancellationToken cancellationToken)
    {
        var key = Guid.TryParse(line.Target, out var target) ? target : line.InstanceId ?? Guid.Empty;
        var rows = await store.Change(async (unit, cancellation) =>
            await UnitSql.Run(unit, side, deed.Text, deed.At is { } at ? [key, at] : [key], cancellation)
            + (line.Action == RepairAction.Clean ? await UnitSql.Run(unit, side, "delete from timer where bookmark_id = {0} and not exists (select 1 from bookmark b where b.id = timer.bookmark_id)", [key], cancellation) : 0),
            cancellationToken);
        return rows > 0;
    }
}
