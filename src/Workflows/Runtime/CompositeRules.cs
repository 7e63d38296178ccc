using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What publishing asks of definitions that are drawn in each other.</summary>
/// <remarks>Codes: <c>definition.cycle</c> for one that contains itself, <c>definition.activityNameTaken</c> for one whose type name another has.</remarks>
internal sealed class CompositeRules(WorkflowActivities activities, ActivityCatalog catalog)
{
    public async Task<ImmutableArray<Problem>> Check(Definition definition, CancellationToken cancellationToken)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var node in definition.Nodes.Values.Where(node => WorkflowActivities.ReferenceOf(node) is not null).OrderBy(node => node.NodeId, StringComparer.Ordinal))
        {
            if (await Chain(WorkflowActivities.ReferenceOf(node)!, definition, [definition.Id], cancellationToken) is { } chain)
            {
                problems.Add(new Problem("definition.cycle", $"'{node.DisplayText}' would contain itself: {string.Join(" → ", chain)}.", null, node.Id).Told([node.DisplayText, string.Join(" → ", chain)]));
            }
        }

        if (WorkflowDescriptor.IsUsable(definition))
        {
            var type = WorkflowActivities.TypeOf(definition.Name);
            var others = await activities.Published(cancellationToken);
            if (type.Length == 0 || catalog.Find(type) is not null || others.Any(other => other.Type == type && other.Workflow!.DefinitionId != definition.Id))
            {
                problems.Add(new Problem("definition.activityNameTaken", $"As an activity it would be of the type '{type}', which there is already: give it another name.", "name").Told([type]));
            }
        }

        return problems.ToImmutable();
    }

    // The way back to the definition that is to be published, by whatever versions are drawn; null when there is none.
    private async Task<ImmutableArray<string>?> Chain(WorkflowReference reference, Definition sought, ImmutableArray<string> way, CancellationToken cancellationToken)
    {
        var further = way.Add(reference.DefinitionId);
        if (reference.DefinitionId == sought.Id)
        {
            return further;
        }

        if (way.Contains(reference.DefinitionId) || await activities.Resolve(reference, cancellationToken) is not { } version)
        {
            return null;
        }

        foreach (var inner in version.Definition.Nodes.Values.Select(WorkflowActivities.ReferenceOf).OfType<WorkflowReference>().DistinctBy(one => (one.DefinitionId, one.VersionId)))
        {
            if (await Chain(inner, sought, further, cancellationToken) is { } chain)
            {
                return chain;
            }
        }

        return null;
    }
}
