using System.Globalization;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Whether an order makes sense as things stand; what changes before it is carried out only makes it miss.</summary>
public sealed class RepairRules(ReadSide side, InstanceQueries instances, DefinitionLibrary library)
{
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
            RepairAction.Fire => NoTargetUnless(await Waits(order, order.Target, "id in (select t.bookmark_id from timer t)", cancellationToken)),
            RepairAction.Retell => NoTargetUnless(await Waits(order, order.Target, "kind = 4", cancellationToken)),
            RepairAction.Deliver => NoTargetUnless(await Waits(order, order.To, "kind = 1", cancellationToken) && await Exists("parked_event", "id", order.Target, cancellationToken)),
            RepairAction.Retry => NoTargetUnless(instance.Incidents > 0 || await IsParked(instance.Id, cancellationToken)),
            _ => await CheckRun(order, instance, cancellationToken)
        };
    }

    private static RepairRefusal? NoTargetUnless(bool isThere) => isThere ? null : RepairRefusal.NoTarget;

    private async Task<RepairRefusal?> CheckRun(RepairOrder order, InstanceSummary instance, CancellationToken cancellationToken)
    {
        if (await library.Version(instance.VersionId, cancellationToken) is not { } definition)
            return RepairRefusal.NoTarget;
        if (order.Action == RepairAction.Edit)
            return order.Values is { Count: > 0 } values && values.Keys.All(definition.VariablesById.ContainsKey) ? null : RepairRefusal.NoSuchChoice;
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
        && await new Query(side, "select 1 as n from outbox").Where("id = {0}", id).Where("instance_id = {0}", order.InstanceId).Where("state in (0, 3)").Any(cancellationToken);

    private async Task<bool> Waits(RepairOrder order, string? bookmark, string kind, CancellationToken cancellationToken) =>
        Guid.TryParse(bookmark, out var id)
        && await new Query(side, "select 1 as n from bookmark").Where("id = {0}", id).Where("instance_id = {0}", order.InstanceId).Where(kind).Any(cancellationToken);
}
