using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>加签 and 减签: whoever holds a task asks others to sign before they decide it; 会签 needs all, 或签 one, 依次 each in turn.</summary>
/// <remarks>A signature is an opinion with a name: the decision stays with who holds the task, and it waits until enough have signed.</remarks>
public sealed class TaskSigners(IFlowStore store, ReadSide side)
{
    /// <summary>The most that may be asked for one task.</summary>
    public const int Most = 20;

    /// <summary>Asks people to sign, after those who were asked before; who was asked already is left as they are, and the mode holds for all.</summary>
    public Task Ask(Guid taskId, IReadOnlyList<string> staff, SigningMode mode, string by, CancellationToken cancellationToken) => store.ChangeNow(async (unit, now) =>
    {
        foreach (var one in staff)
            await UnitSql.Run(unit, side,
                """
                insert into task_signer (task_id, staff, ordinal, mode, added_by, added_at)
                select {0}, {1}, coalesce(max(s.ordinal), 0) + 1, {2}, {3}, {4} from (select 1 as one) as once left join task_signer s on s.task_id = {0} where 1 = 1 on conflict do nothing
                """, [taskId, one, mode.ToString(), by, now], cancellationToken);
        return await UnitSql.Run(unit, side, "update task_signer set mode = {1} where task_id = {0}", [taskId, mode.ToString()], cancellationToken);
    }, cancellationToken);

    /// <summary>Asks somebody no longer; false when they have signed or were not asked.</summary>
    public async Task<bool> Spare(Guid taskId, string staff, CancellationToken cancellationToken) => await store.Change((unit, _) =>
        UnitSql.Run(unit, side, "delete from task_signer where task_id = {0} and staff = {1} and agrees is null", [taskId, staff], cancellationToken), cancellationToken) > 0;

    /// <summary>Signs, once; false when they were not asked, have signed, it is not their turn, or the task has ended.</summary>
    public async Task<bool> Sign(Guid taskId, string staff, bool agrees, string? note, CancellationToken cancellationToken) => await store.ChangeNow((unit, now) =>
        UnitSql.Run(unit, side,
            """
            update task_signer set agrees = {4}, note = {2}, signed_at = {3}
            where task_id = {0} and staff = {1} and agrees is null and exists (select 1 from task t where t.id = {0} and t.state < 5)
              and (mode <> 'InTurn' or not exists (select 1 from task_signer b where b.task_id = task_signer.task_id and b.ordinal < task_signer.ordinal and b.agrees is null))
            """, [taskId, staff, note ?? "", now, agrees ? 1 : 0], cancellationToken), cancellationToken) > 0;
}
