using System.Collections.Frozen;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>What definitions, their steps and their outcomes are called: ids say nothing to an operator.</summary>
internal sealed class DrawnNames(DefinitionLibrary library, DefinitionQueries queries, ActivityCatalog catalog)
{
    /// <summary>The names of these definitions by id.</summary>
    public async Task<FrozenDictionary<string, string>> Definitions(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? FrozenDictionary<string, string>.Empty
        : (await queries.Search(new DefinitionSearch { Versions = "Latest", DefinitionIds = [.. ids.Distinct()] }, cancellationToken)).Items
            .ToFrozenDictionary(one => one.DefinitionId, one => one.Name, StringComparer.Ordinal);

    /// <summary>The version that new instances run, else the latest draft; null when there is no such definition.</summary>
    public async Task<Definition?> Drawing(string definitionId, CancellationToken cancellationToken) =>
        (await library.Find(definitionId, VersionChoice.Published, cancellationToken) ?? await library.Find(definitionId, VersionChoice.Latest, cancellationToken))?.Definition;

    /// <summary>The version that an instance runs; null when it is gone.</summary>
    public ValueTask<Definition?> Version(string versionId, CancellationToken cancellationToken) => library.Version(versionId, cancellationToken);

    /// <summary>The names of steps of several definitions, each as drawn now; the id of a step that is no longer drawn.</summary>
    public async Task<FrozenDictionary<(string DefinitionId, string ActivityId), string>> Steps(
        IEnumerable<(string DefinitionId, string? ActivityId)> asked, CancellationToken cancellationToken)
    {
        Dictionary<(string, string), string> names = [];
        foreach (var definition in asked.Where(one => one.ActivityId is not null).Distinct().GroupBy(one => one.DefinitionId))
        {
            var drawing = await Drawing(definition.Key, cancellationToken);
            foreach (var (_, activity) in definition)
                names[(definition.Key, activity!)] = StepName(drawing, activity!);
        }

        return names.ToFrozenDictionary();
    }

    /// <summary>What a step is called in a drawing; its id when it is not there.</summary>
    public static string StepName(Definition? drawing, string activityId) =>
        drawing is not null && drawing.Nodes.TryGetValue(activityId, out var node) ? node.DisplayText : activityId;

    /// <summary>What an outcome of a step, or an answer at its task, is called.</summary>
    public string Outcome(Definition? drawing, string? activityId, string outcome, string language)
    {
        var type = activityId is not null && drawing?.Nodes.TryGetValue(activityId, out var node) == true ? node.Type : null;
        return type is not null && catalog.Find(type) is { } descriptor ? ActivityTexts.Decided(descriptor, outcome, language) : outcome;
    }
}
