using System.Collections.Concurrent;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Reads an instance together with its journal and the version that it runs.</summary>
/// <remarks>The designer asks for the same instance many times a second. While somebody watches one, its story is kept until it has moved.</remarks>
internal sealed class InstanceStories(InstanceQueries instances, JournalQueries journal, DefinitionLibrary library)
{
    private readonly ConcurrentDictionary<Guid, long> _seen = new();
    private readonly ConcurrentDictionary<Guid, InstanceStory> _kept = new();

    /// <summary>The whole story, with what is sensitive masked; null when there is no such instance.</summary>
    public async Task<InstanceStory?> Tell(Guid id, CancellationToken cancellationToken)
    {
        if (instances.ShowsAll && _seen.TryGetValue(id, out var seq) && _kept.TryGetValue(id, out var kept) && kept.Detail.Summary.Seq == seq)
            return kept;

        if (await instances.Detail(id, cancellationToken) is not { } whole)
            return null;

        var detail = whole.Masked();
        var definition = await library.Version(detail.Summary.VersionId, cancellationToken);
        var story = new InstanceStory(detail, await journal.All(id, cancellationToken), definition);
        if (_seen.ContainsKey(id))
            _kept[id] = story;
        return story;
    }

    /// <summary>Notes how far a watched instance has come; true when that is further than before.</summary>
    public bool Moved(Guid id, long seq)
    {
        var before = _seen.TryGetValue(id, out var known) ? known : -1;
        _seen[id] = seq;
        return before >= 0 && before != seq;
    }

    /// <summary>Forgets what nobody watches any more.</summary>
    public void KeepOnly(IReadOnlyCollection<Guid> watched)
    {
        foreach (var id in _seen.Keys.Where(id => !watched.Contains(id)))
        {
            _seen.TryRemove(id, out _);
            _kept.TryRemove(id, out _);
        }
    }
}

/// <summary>An instance, what it did, and what it was drawn as.</summary>
internal sealed record InstanceStory(InstanceDetail Detail, IReadOnlyList<JournalLine> Lines, Definition? Definition)
{
    /// <summary>The node id that stands for the whole workflow.</summary>
    public const string Workflow = "Workflow1";

    public Node? Node(string? activityId) => activityId is not null && Definition?.Nodes.TryGetValue(activityId, out var node) == true ? node : null;

    public string NodeId(string? activityId) => Node(activityId)?.NodeId ?? (activityId is null ? Workflow : $"{Workflow}:{activityId}");

    /// <summary>The id of a run of an activity: instance id and ordinal, so that its journal lines are found from it (rule 16).</summary>
    public string RunId(long? ordinal) => $"{Detail.Summary.Id:N}{ordinal ?? 0:x8}";

    /// <summary>Each run of an activity, in the order in which they began.</summary>
    public IEnumerable<ObservedRun> Runs() =>
        from line in Lines
        where line.ActivityId is not null && line.Ordinal is > 0
        group line by line.Ordinal!.Value into run
        orderby run.Key
        select ObservedRun.Of(this, run.Key, [.. run]);
}
