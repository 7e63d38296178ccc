using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Definitions that may be drawn as activities of others (<c>options.usableAsActivity</c>), each under a type of its own.</summary>
/// <remarks>Which versions are published is asked at most once a second; a version is read once, and one that is not usable is not even compiled.</remarks>
public sealed class WorkflowActivities(IFlowStore store, DefinitionLibrary library, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ActivityDescriptor?> _byVersion = new();
    private Snapshot _seen = new([], null);

    /// <summary>The definition that an activity is; null for every other activity.</summary>
    public static WorkflowReference? ReferenceOf(Node node) =>
        node.Members.TryGetValue("workflowDefinitionId", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } definition
            ? new WorkflowReference(definition, Text(node, "workflowDefinitionVersionId"), node.Version, node.Type)
            : null;

    /// <summary>The type name that a definition's name makes: without blanks, dashes and underscores, each part with a capital letter.</summary>
    public static string TypeOf(string name) =>
        string.Concat(name.Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>What the published usable definitions look like in the designer, one for each type name, by definition id.</summary>
    public async Task<ImmutableArray<ActivityDescriptor>> Published(CancellationToken cancellationToken) =>
        [.. (await WithEarlier(cancellationToken)).Where(descriptor => descriptor.IsBrowsable)];

    /// <summary>As <see cref="Published"/>, and after each its earlier versions, which drawn activities may name; these are not offered.</summary>
    public async Task<ImmutableArray<ActivityDescriptor>> WithEarlier(CancellationToken cancellationToken)
    {
        var known = _seen;
        if (known.ReadAt is { } readAt && time.GetElapsedTime(readAt) < Fresh)
        {
            return known.Descriptors;
        }

        var now = time.GetTimestamp();
        List<ActivityDescriptor> found = [];
        foreach (var version in await store.ListPublished(null, cancellationToken))
        {
            if (await Describe(version, cancellationToken) is { } descriptor && found.All(other => other.Type != descriptor.Type))
            {
                found.Add(descriptor);
            }
        }

        foreach (var published in found.ToArray())
        {
            await AddEarlier(published, found, cancellationToken);
        }

        _seen = new Snapshot([.. found], now);
        return _seen.Descriptors;
    }

    /// <summary>A definition was published or retracted here: look again at once.</summary>
    public void Forget() => _seen = new Snapshot([], null);

    /// <summary>The version that a drawn activity runs: the one that it names, else the published one.</summary>
    public async Task<CompiledVersion?> Resolve(WorkflowReference reference, CancellationToken cancellationToken)
    {
        if (reference.VersionId.Length > 0 && await library.Version(reference.VersionId, cancellationToken) is { } pinned && pinned.Id == reference.DefinitionId)
        {
            return new CompiledVersion(pinned.VersionId, pinned.Version, pinned);
        }

        return await library.Find(reference.DefinitionId, VersionChoice.Published, cancellationToken);
    }

    /// <summary>The published definitions in which a definition is drawn as an activity.</summary>
    public async Task<ImmutableArray<FixedVersion>> Consumers(string definitionId, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<FixedVersion>();
        foreach (var version in await store.ListPublished(definitionId, cancellationToken))
        {
            if (await library.Version(version.VersionId, cancellationToken) is { } definition && definition.Nodes.Values.Any(node => ReferenceOf(node)?.DefinitionId == definitionId))
            {
                found.Add(version);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The shapes of the workflow activities drawn in a definition, by their type; a type that is not known is left out.</summary>
    public async Task<ImmutableDictionary<string, ActivityShape>> Shapes(Definition definition, CancellationToken cancellationToken)
    {
        var shapes = ImmutableDictionary<string, ActivityShape>.Empty;
        foreach (var reference in definition.Nodes.Values.Select(ReferenceOf).OfType<WorkflowReference>())
        {
            if (await Resolve(reference, cancellationToken) is { } version)
            {
                var shape = WorkflowDescriptor.Of(version.Definition).ToShape();
                shapes = shapes.SetItem(reference.Name, shapes.TryGetValue(reference.Name, out var other) ? other with { Outcomes = [.. other.Outcomes.Union(shape.Outcomes)] } : shape);
            }
        }

        return shapes;
    }

    private async Task AddEarlier(ActivityDescriptor published, List<ActivityDescriptor> found, CancellationToken cancellationToken)
    {
        foreach (var version in (await store.ListFixed(published.Workflow!.DefinitionId, cancellationToken)).Where(version => !version.IsPublished))
        {
            if (await Describe(version, cancellationToken) is { } earlier && found.All(other => (other.Type, other.Version) != (earlier.Type, earlier.Version)))
            {
                found.Add(earlier with { IsBrowsable = false });
            }
        }
    }

    private async Task<ActivityDescriptor?> Describe(FixedVersion version, CancellationToken cancellationToken)
    {
        if (_byVersion.TryGetValue(version.VersionId, out var known))
        {
            return known;
        }

        var isUsable = await store.FindVersion(version.VersionId, cancellationToken) is { } stored && stored.Body.AsSpan().IndexOf("\"usableAsActivity\""u8) >= 0;
        var definition = isUsable ? await library.Version(version.VersionId, cancellationToken) : null;
        return _byVersion[version.VersionId] = definition is not null && WorkflowDescriptor.IsUsable(definition) ? WorkflowDescriptor.Of(definition) : null;
    }

    private static string Text(Node node, string member) =>
        node.Members.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed record Snapshot(ImmutableArray<ActivityDescriptor> Descriptors, long? ReadAt);
}
