using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What people do around an open task without moving it: 催办 urges whoever should do it, 抄送 lets others read along.</summary>
public sealed class TaskNotes(IFlowStore store, ReadSide side)
{
    /// <summary>The priority of what somebody urged: it is shown as urgent.</summary>
    public const int Urgent = 80;

    /// <summary>How long one person waits before they urge again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(4);

    /// <summary>Makes an open task urgent and keeps who asked and why; both or nothing. At most once in four hours by one person.</summary>
    public Task<NoteOutcome> Urge(Guid taskId, string by, string? note, CancellationToken cancellationToken) => store.ChangeNow(async (unit, now) =>
    {
        if (await UnitSql.Run(unit, side, "update task set priority = case when priority < {1} then {1} else priority end where id = {0} and state < 5", [taskId, Urgent], cancellationToken) == 0)
            return NoteOutcome.NotOpen;

        var kept = await UnitSql.Run(unit, side,
            """
            insert into task_note (task_id, verb, by_whom, at, note) select t.id, 'Urge', {1}, {2}, {3} from task t
            where t.id = {0} and not exists (select 1 from task_note n where n.task_id = t.id and n.verb = 'Urge' and n.by_whom = {1} and n.at > {4})
            """, [taskId, by, now, note ?? "", now - Pause], cancellationToken);
        return kept > 0 ? NoteOutcome.Done : NoteOutcome.TooSoon;
    }, cancellationToken);

    /// <summary>Keeps a word about a task, with whom it concerns.</summary>
    public Task Keep(Guid taskId, string verb, (string By, string To) people, string note, CancellationToken cancellationToken) => store.ChangeNow((unit, now) => UnitSql.Run(unit, side,
        "insert into task_note (task_id, verb, by_whom, to_whom, at, note) values ({0}, {1}, {2}, {3}, {4}, {5})", [taskId, verb, people.By, people.To, now, note], cancellationToken), cancellationToken);

    /// <summary>Lets people read a task, also when it has ended; who reads it already is left as it is.</summary>
    public Task Copy(Guid taskId, string by, IReadOnlyList<string> to, CancellationToken cancellationToken) => store.ChangeNow(async (unit, now) =>
    {
        var made = 0;
        foreach (var reader in to)
            made += await UnitSql.Run(unit, side,
                "insert into task_note (task_id, verb, by_whom, to_whom, at) select t.id, 'Copy', {1}, {2}, {3} from task t where t.id = {0} on conflict do nothing", [taskId, by, reader, now], cancellationToken);
        return made;
    }, cancellationToken);
}

/// <summary>What became of a note.</summary>
public enum NoteOutcome
{
    Done,

    /// <summary>There is nothing to urge: the task has ended.</summary>
    NotOpen,

    /// <summary>The same person urged it less than four hours ago.</summary>
    TooSoon
}
