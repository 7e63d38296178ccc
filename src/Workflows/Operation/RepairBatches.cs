using System.Globalization;
using System.Text.Json;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>One deed on everything that a filter finds: counted before, written down item by item, carried out a hundred a second beside the live work.</summary>
/// <remarks>After a crash the items that were not done go on; an item is done once.</remarks>
public sealed class RepairBatches
{
    /// <summary>More than this is refused: narrow the filter.</summary>
    public const int Most = 20_000;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private const int Lot = 50;
    private const int RowsAtOnce = 200;

    private readonly IFlowStore store;
    private readonly ReadSide side;
    private readonly FindingQueries findings;
    private readonly Repairs repairs;
    private readonly RepairRules rules;
    private readonly RepairQueries queries;

    public RepairBatches(IFlowStore store, ReadSide side, FindingQueries findings, Repairs repairs, RepairRules rules)
    {
        this.store = store;
        this.side = side;
        this.findings = findings;
        this.repairs = repairs;
        this.rules = rules;
        queries = new RepairQueries(side);
    }

    /// <summary>Begins the work at once.</summary>
    internal Action Nudge { get; set; } = () => { };

    /// <summary>What may be done to many at a time.</summary>
    public static bool Allows(RepairAction action) =>
        action is RepairAction.Retry or RepairAction.Fire or RepairAction.Rearm or RepairAction.Replay or RepairAction.Resume or RepairAction.Suspend or RepairAction.Cancel;

    /// <summary>How many items it would have; <see cref="Most"/> + 1 for too many.</summary>
    public async Task<int> Preview(RepairAction action, FindingFilter filter, CancellationToken cancellationToken) => (await Items(action, filter, cancellationToken)).Count;

    /// <summary>Writes the batch down and begins it; cancelling many, and trying again where money is moved, waits for a second person.</summary>
    /// <returns>Null when the filter finds nothing, or too much.</returns>
    public async Task<RepairBatch?> Ask(RepairOrder order, FindingFilter filter, CancellationToken cancellationToken)
    {
        var items = await Items(order.Action, filter, cancellationToken);
        if (items.Count is 0 or > Most)
            return null;

        var isGrave = order.Action == RepairAction.Cancel || order.Action is RepairAction.Retry or RepairAction.Replay && await rules.AnyMovesMoney(items.Select(item => item.InstanceId), cancellationToken);
        return await Begin(order, items, filter, isGrave, cancellationToken);
    }

    /// <summary>Writes down a batch of these items and begins it.</summary>
    /// <param name="filter">What it was asked for: kept with the batch.</param>
    /// <param name="isGrave">Whether it waits for a second person.</param>
    internal async Task<RepairBatch> Begin<T>(RepairOrder order, List<(Guid InstanceId, string? Target)> items, T filter, bool isGrave, CancellationToken cancellationToken)
    {
        var now = (await store.ReadClock(cancellationToken)).Now;
        var id = Guid.CreateVersion7();
        foreach (var chunk in items.Chunk(RowsAtOnce))
            await store.Change((unit, cancellation) => Write(unit, (id, order, now), chunk, cancellation), cancellationToken);

        // The batch is there only when all its items are: a crash before this leaves items that nobody carries out.
        var state = isGrave ? BatchState.Asked : BatchState.Running;
        await Run(
            "insert into repair_batch (id, action, filter, reason, asked_by, asked_at, total, state) values ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})",
            [id, order.Action.ToString(), JsonSerializer.Serialize(filter, FlowJson.Options), order.Reason, order.By, now, items.Count, (int)state], cancellationToken);
        Nudge();
        return (await queries.Batches(id, cancellationToken))[0];
    }

    /// <summary>Pauses, resumes or cancels a batch; a second person agrees to one that was asked for.</summary>
    /// <returns>The batch as it stands, or why it is not so.</returns>
    public async Task<(RepairBatch? Batch, RepairRefusal? Refusal)> Turn(Guid id, BatchState to, string by, CancellationToken cancellationToken)
    {
        if (await queries.Batches(id, cancellationToken) is not [var batch])
            return (null, RepairRefusal.NotAsked);
        if (batch.State == BatchState.Asked && to == BatchState.Running && batch.AskedBy == by)
            return (null, RepairRefusal.SamePerson);

        var from = to switch
        {
            BatchState.Running => "state in (1, 3)",
            BatchState.Paused => "state = 2",
            _ => "state in (1, 2, 3)"
        };
        var turned = await Run($"update repair_batch set state = {{0}}, decided_by = case when state = 1 then {{1}} else decided_by end where id = {{2}} and {from}", [(int)to, by, id], cancellationToken);
        Nudge();
        return turned == 0 ? (null, RepairRefusal.NotAsked) : ((await queries.Batches(id, cancellationToken))[0], null);
    }

    /// <summary>Carries out the next lot, then rests so long that live work is never starved. Without a batch at work it only looks.</summary>
    /// <returns>How many items it had: 0 when there is nothing to do now.</returns>
    public async Task<int> RunOnce(CancellationToken cancellationToken)
    {
        var lot = await queries.Queued(Lot, cancellationToken);
        foreach (var item in lot)
        {
            // Two nodes may see the same item: one takes it.
            if (await Run("update repair set state = 0 where id = {0} and state = 5", [item.Id], cancellationToken) == 1)
                await repairs.Do(item with { State = RepairState.Begun }, cancellationToken);
        }

        if (lot.Count > 0)
            await Task.Delay(Rest, cancellationToken);
        else if (await new Query(side, "select 1 as n from repair_batch").Where("state = 2").Any(cancellationToken))
            await Run("update repair_batch set state = 5 where state = 2 and not exists (select 1 from repair r where r.batch_id = repair_batch.id and r.state in (0, 5))", [], cancellationToken);
        return lot.Count;
    }

    private Task<int> Run(string text, object?[] values, CancellationToken cancellationToken) =>
        store.Change((unit, cancellation) => UnitSql.Run(unit, side, text, values, cancellation), cancellationToken);

    private Task<List<(Guid InstanceId, string? Target)>> Items(RepairAction action, FindingFilter filter, CancellationToken cancellationToken) =>
        findings.Targets(filter, byThing: action is RepairAction.Fire or RepairAction.Replay, Most + 1, cancellationToken);

    private async Task<int> Write(UnitOfWork unit, (Guid Batch, RepairOrder Order, DateTimeOffset Now) what, (Guid InstanceId, string? Target)[] items, CancellationToken cancellationToken)
    {
        var (batch, order, now) = what;
        List<object?> values = [batch, order.Action.ToString(), order.Reason, order.By, now, new RepairArguments(order.To, order.Values).ToString()];
        var rows = items.Select(item =>
        {
            values.AddRange([Guid.CreateVersion7(), item.InstanceId, item.Target]);
            return string.Create(CultureInfo.InvariantCulture, $"({{{values.Count - 3}}}, {{{values.Count - 2}}}, {{{values.Count - 1}}}, {{1}}, {{2}}, {{3}}, {{4}}, {{5}}, 5, {{0}})");
        }).ToArray();
        return await UnitSql.Run(unit, side, $"insert into repair (id, instance_id, target, action, reason, asked_by, asked_at, arguments, state, batch_id) values {string.Join(", ", rows)}", [.. values], cancellationToken);
    }
}
