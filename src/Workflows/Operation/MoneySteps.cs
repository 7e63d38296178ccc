using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Knows which steps of a definition move money: nobody does them again alone.</summary>
public sealed class MoneySteps(DefinitionLibrary library, ActivityCatalog catalog)
{
    /// <summary>Whether a step moves money, or approves something in a definition that moves money; true also for a version that is not stored, which is not trusted.</summary>
    public async Task<bool> DecidesMoney(string versionId, string activityId, CancellationToken cancellationToken) =>
        await Of(versionId, cancellationToken) is not { } drawn || !drawn.Definition.Nodes.TryGetValue(activityId, out var node)
        || drawn.Steps.Contains(activityId) || drawn.Steps.Count > 0 && catalog.Find(node.Type)?.Approves == true;

    /// <summary>A version as it was drawn, with its steps that move money and whatever holds one of them; null when it is not stored.</summary>
    internal async Task<DrawnMoney?> Of(string versionId, CancellationToken cancellationToken)
    {
        if (await library.Version(versionId, cancellationToken) is not { } definition)
            return null;

        var steps = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var node in definition.Nodes.Values.Where(node => catalog.Find(node.Type)?.MovesMoney == true))
        {
            for (var holder = node; holder is not null && steps.Add(holder.Id);)
                holder = holder.Parent is { } parent ? definition.Nodes.GetValueOrDefault(parent) : null;
        }

        return new DrawnMoney(definition, steps.ToImmutable());
    }
}

/// <summary>A definition, and the steps of it that move money.</summary>
internal sealed record DrawnMoney(Definition Definition, ImmutableHashSet<string> Steps);
