using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The definitions in which others are drawn as activities, and how they come to newer versions of these.</summary>
public sealed class WorkflowConsumers(IFlowStore store, DefinitionLibrary library)
{
    /// <summary>Ties every definition in which this published version's definition is drawn to this version, and on, whoever draws those.</summary>
    /// <remarks>
    /// A published one gets a new published version, one over which a draft stands only its draft is changed. What would be refused at a publish, or was saved
    /// by somebody else meanwhile, stays as it is: it runs on the version that it was drawn with.
    /// </remarks>
    /// <returns>What was stored, in the order in which it was.</returns>
    public async Task<ImmutableArray<StoredDefinition>> Follow(StoredDefinition published, string by, CancellationToken cancellationToken)
    {
        var moved = ImmutableArray.CreateBuilder<StoredDefinition>();
        foreach (var consumer in await library.Activities.Consumers(published.DefinitionId, cancellationToken))
        {
            var latest = await store.FindDefinition(consumer.DefinitionId, VersionChoice.Latest, cancellationToken);
            if (latest is null || WorkflowPins.Moved(latest.Body, published) is not { } body)
            {
                continue;
            }

            var result = await library.Import(body, new ImportWish(latest.IsPublished, by) { Over = latest.Hash, IsFollowing = true }, cancellationToken);
            if (result.Stored is not { } stored)
            {
                continue;
            }

            moved.Add(stored);
            if (stored.IsPublished)
            {
                moved.AddRange(await Follow(stored, by, cancellationToken));
            }
        }

        return moved.ToImmutable();
    }

    /// <summary>A definition, those in which it is drawn, and those in which these are: what an export must hold to work elsewhere.</summary>
    public async Task<ImmutableArray<StoredDefinition>> With(StoredDefinition stored, CancellationToken cancellationToken)
    {
        List<StoredDefinition> found = [stored];
        for (var at = 0; at < found.Count; at++)
        {
            foreach (var consumer in await library.Activities.Consumers(found[at].DefinitionId, cancellationToken))
            {
                if (found.All(one => one.DefinitionId != consumer.DefinitionId) && await store.FindVersion(consumer.VersionId, cancellationToken) is { } further)
                {
                    found.Add(further);
                }
            }
        }

        return [.. found];
    }
}
