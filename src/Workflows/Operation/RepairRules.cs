using System.Globalization;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Whether an order makes sense as things stand; what changes before it is carried out only makes it miss.</summary>
public sealed class RepairRules(ReadSide side, InstanceQueries instances, MoneySteps money, StuckLook look)
{
    /// <summary>Whether nobody may do this alone, whatever it is done to.</summary>
    public static bool IsGrave(RepairAction action) => action is RepairAction.Skip or RepairAction.Move or RepairAction.Edit or RepairAction.Restart or RepairAction.Migrate or RepairAction.Answer;

    /// <summary>Whether nobody may do this alone: what is grave, and whatever makes a step that moves money work again or sends again what goes out at most once.</summary>
    public async Task<bool> NeedsSecond(RepairOrder order, CancellationToken cancellationToken)
    {
        if (IsGrave(order.Action))
            return true;
        if (order.Action is not (RepairAction.Redo or RepairAction.Retry or RepairAction.Replay or RepairAction.Fire) || order.InstanceId is not { } id
            || await instances.Find(id, cancellationToken) is not { } instance)
            return false;
        if (order.Action == RepairAction.Replay && await IsAtMostOnce(order, cancellationToken))
            return true;

        // A definition that is not stored is not trusted.
        return await money.Of(instance.VersionId, cancellationToken) is not { } drawn || (await Steps(order, id, cancellationToken)).Any(drawn.Steps.Contains);
    }

    /// <summary>Whether one of these instances runs on a definition with a step that moves money: then nobody makes many of them work again alone.</summary>
    public async Task<bool> AnyMovesMoney(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Distinct().Chunk(Cursor.MaxTake))
        {
            var versions = await new Query(side, "select distinct definition_version_id as version from instance").In("id", chunk).Read(row => row.Text("version"), cancellationToken);
            foreach (var version in versions)
            {
                if (await money.Of(version, cancellationToken) is not { Steps.Count: 0 })
                    return true;
            }
        }

        return false;
    }

    /// <summary>Asks outside, as an order wants; what was answered, or null when nothing is to be asked any more.</summary>
    internal Task<string?> Ask(RepairLine line, CancellationToken cancellationToken) =>
        line is { InstanceId: { } instance, Target: { } target } ? look.Ask(instance, target, line.Id, cancellationToken) : Task.FromResult<string?>(null);

    // The steps that an order makes work again.
    private async Task<IReadOnlyList<string>> Steps(RepairOrder order, Guid id, CancellationToken cancellationToken)
    {
        if (order.Action is RepairAction.Fire or RepairAction.Replay)
        {
            var (table, restriction) = order.Action == RepairAction.Fire ? ("bookmark", $"name = '{Incidents.RetryTimer}'") : ("outbox", "kind in (1, 2)");
            return !Guid.TryParse(order.Target, out var thing) ? []
                : await new Query(side, $"select activity_id from {table}").Where("id = {0}", thing).Where(restriction).Read(row => row.Text("activity_id"), cancellationToken);
        }

        if (await instances.State(id, cancellationToken) is not { } state)
            return [];

        var isOne = long.TryParse(order.Target, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal);
        return order.Action == RepairAction.Redo
            ? [.. state.Frames.Where(frame => frame.Ordinal == ordinal).Select(frame => frame.ActivityId)]
            : [.. state.Incidents.Where(incident => !isOne || incident.Ordinal == ordinal).Select(incident => incident.ActivityId)];
    }

    /// <returns>Null when it may be done.</returns>
    public async Task<RepairRefusal?> Check(RepairOrder order, CancellationToken cancellationToken)
    {
        // What belongs to nothing needs no instance.
        if (order.Action == RepairAction.Discard)
            return NoTargetUnless(await Exists("parked_event", "id", order.Target, cancellationToken));
        if (order.Action == RepairAction.Clean)
            return NoTargetUnless(await Exists("bookmark", "id", order.Target, cancellationToken) || await Exists("timer", "bookmark_id", order.Target, cancellationToken));
        if (order.InstanceId is not { } id || await instances.Find(id, cancellationToken) is not { } instance)
            return RepairRefusal.NoInstance;
        if (order.Action == RepairAction.Replay)
            return NoTargetUnless(await Sendable(order, cancellationToken));

        if (order.Action == RepairAction.Restart)
            return NoTargetUnless(await MayStartAgain(instance, cancellationToken));

        return instance.FinishedAt is not null ? RepairRefusal.Ended : await CheckOpen(order, instance, cancellationToken);
    }

    private async Task<RepairRefusal?> CheckOpen(RepairOrder order, InstanceSummary instance, CancellationToken cancellationToken)
    {
        var isSuspended = instance.Status == nameof(InstanceStatus.Suspended);
        return order.Action switch
        {
            RepairAction.Suspend => NoTargetUnless(!isSuspended),
            RepairAction.Resume => NoTargetUnless(isSuspended),
            RepairAction.Cancel or RepairAction.Rearm => null,
            RepairAction.Answer => await CheckAnswer(order, instance, cancellationToken),
            RepairAction.Enquire => NoTargetUnless((await look.At(instance.Id, cancellationToken)).Any(one => one.Ref == order.Target && look.CanAsk(one))),
            RepairAction.Fire => NoTargetUnless(await Waits(order, order.Target, "id in (select t.bookmark_id from timer t)", cancellationToken)),
            RepairAction.Retell => NoTargetUnless(await Waits(order, order.Target, "kind = 4", cancellationToken)),
            RepairAction.Deliver => NoTargetUnless(await Waits(order, order.To, "kind = 1", cancellationToken) && await Exists("parked_event", "id", order.Target, cancellationToken)),
            RepairAction.Retry => NoTargetUnless(instance.Incidents > 0 || await IsParked(instance.Id, cancellationToken)),
            _ => await CheckRun(order, instance, cancellationToken)
        };
    }

    // What goes out at most once is sent again only while its step waits, and only what the step sent last.
    private const string IsLatestOfStep =
        """
        exists (select 1 from bookmark b where b.instance_id = outbox.instance_id and b.activity_id = outbox.activity_id)
        and not exists (select 1 from outbox o where o.instance_id = outbox.instance_id and o.activity_id = outbox.activity_id and o.class = 2 and o.number > outbox.number)
        """;

    private static RepairRefusal? NoTargetUnless(bool isThere) => isThere ? null : RepairRefusal.NoTarget;

    private async Task<RepairRefusal?> CheckRun(RepairOrder order, InstanceSummary instance, CancellationToken cancellationToken)
    {
        if ((await money.Of(instance.VersionId, cancellationToken))?.Definition is not { } definition)
            return RepairRefusal.NoTarget;
        if (order.Action == RepairAction.Edit)
            return order.Values is { Count: > 0 } values && values.Keys.All(definition.VariablesById.ContainsKey) ? null : RepairRefusal.NoSuchChoice;
        if (order.Action == RepairAction.Migrate)
            return await MayGoOver(definition, order, cancellationToken) ? null : RepairRefusal.NoSuchChoice;
        if (!long.TryParse(order.Target, NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            || (await instances.State(instance.Id, cancellationToken))?.Find(ordinal) is not { } frame || !definition.Nodes.TryGetValue(frame.ActivityId, out var node))
            return RepairRefusal.NoTarget;

        return order.Action switch
        {
            RepairAction.Redo => null,
            RepairAction.Skip => RepairChoices.Outcomes(definition, node).Contains(order.To) ? null : RepairRefusal.NoSuchChoice,
            _ => RepairChoices.Steps(definition, node).Any(step => step.Id == order.To) ? null : RepairRefusal.NoSuchChoice
        };
    }

    private async Task<RepairRefusal?> CheckAnswer(RepairOrder order, InstanceSummary instance, CancellationToken cancellationToken) =>
        !Guid.TryParse(order.Target, out var id) || await new TaskQueries(side).FindAny(id, cancellationToken) is not { Summary: { State: TaskState.Open or TaskState.Claimed, Kind: UnknownOutcome.Kind } question } task
            || question.InstanceId != instance.Id ? RepairRefusal.NoTarget
            : task.Outcomes.Contains(order.To) ? null : RepairRefusal.NoSuchChoice;

    private async Task<bool> MayGoOver(Definition from, RepairOrder order, CancellationToken cancellationToken) =>
        order.To is { } version && (await money.Of(version, cancellationToken))?.Definition is { } to && to.Id == from.Id
        && await instances.State(order.InstanceId!.Value, cancellationToken) is { } state && !Crossing.Of(from, to, state, Stimuli.Places(order.Values)).IsBlocked;

    // Not beside another one that is open for the same thing.
    private async Task<bool> MayStartAgain(InstanceSummary instance, CancellationToken cancellationToken) =>
        instance is { FinishedAt: not null, CorrelationId: { } correlation }
        && !await new Query(side, "select 1 as n from instance").Where("correlation_id = {0}", correlation).Where("definition_id = {0}", instance.DefinitionId).Where("status < 8").Any(cancellationToken);

    private Task<bool> IsParked(Guid id, CancellationToken cancellationToken) =>
        new Query(side, "select 1 as n from work").Where("instance_id = {0}", id).Where("attempts >= 5").Any(cancellationToken);

    private async Task<bool> Exists(string table, string key, string? target, CancellationToken cancellationToken) =>
        Guid.TryParse(target, out var id) && await new Query(side, $"select 1 as n from {table}").Where($"{key} = {{0}}", id).Any(cancellationToken);

    private async Task<bool> Sendable(RepairOrder order, CancellationToken cancellationToken) =>
        Guid.TryParse(order.Target, out var id)
        && await new Query(side, "select 1 as n from outbox").Where("id = {0}", id).Where("instance_id = {0}", order.InstanceId).Where(
            $"(class <> 2 and state in (0, 3) or class = 2 and state in (2, 3) and {IsLatestOfStep})").Any(cancellationToken);

    private Task<bool> IsAtMostOnce(RepairOrder order, CancellationToken cancellationToken) => !Guid.TryParse(order.Target, out var id) ? Task.FromResult(false)
        : new Query(side, "select 1 as n from outbox").Where("id = {0}", id).Where("class = 2").Any(cancellationToken);

    private async Task<bool> Waits(RepairOrder order, string? bookmark, string kind, CancellationToken cancellationToken) =>
        Guid.TryParse(bookmark, out var id)
        && await new Query(side, "select 1 as n from bookmark").Where("id = {0}", id).Where("instance_id = {0}", order.InstanceId).Where(kind).Any(cancellationToken);
}
