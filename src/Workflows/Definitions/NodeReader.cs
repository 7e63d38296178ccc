using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Reads an activity with all that it contains, and sorts its members into inputs, outputs, children and the rest.</summary>
internal sealed class NodeReader(DefinitionParts parts, ImmutableArray<Problem>.Builder problems)
{
    /// <summary>The node id of the definition itself, with which every path begins.</summary>
    public const string WorkflowNodeId = "Workflow1";

    private static readonly FrozenSet<string> Own =
        new[] { "id", "nodeId", "name", "type", "version", "activities", "connections", "variables", "start" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every activity read so far, by its id.</summary>
    public Dictionary<string, Node> Found { get; } = new(StringComparer.Ordinal);

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>Reads the activity at <paramref name="path"/>; null when it lacks an id or a type, which is then among the problems.</summary>
    public Node? Read(JsonElement activity, string path, Place? parent)
    {
        if (activity.Text("id") is not { Length: > 0 } id)
            return Missing(new Problem("definition.missingId", "An activity needs an id.", path).Told([]));

        if (LongNames.OfActivity(activity.Text("type") ?? "") is not { Length: > 0 } type)
            return Missing(new Problem("definition.missingType", $"The activity '{id}' needs a type.", path, id).Told([id]));

        if (!taken.Add(id))
            return Missing(new Problem("definition.duplicateId", $"The activity id '{id}' is used twice.", path, id).Told([id]));

        var here = new Place(id, NodeIdOf(activity, parent?.NodeId ?? WorkflowNodeId), path);
        var node = WithMembers(activity, here, new Node
        {
            Id = id,
            NodeId = here.NodeId,
            Type = type,
            Version = activity.Integer("version") ?? 1,
            Name = activity.Text("name"),
            DisplayText = Shown(activity.Value("metadata").Text("displayText")) ?? Shown(activity.Text("name")) ?? id,
            Parent = parent?.Id,
            CanStartWorkflow = activity.Value("customProperties").Flag("canStartWorkflow"),
            MergeMode = MergeMode(activity.Value("customProperties").Text("mergeMode")),
            Start = activity.Text("start"),
            Variables = parts.Variables(activity, path),
            Activities = Children(activity, here),
            Connections = Connections(activity, here)
        });
        Found[id] = node;

        return node;
    }

    /// <summary>The path that the file gives when it fits the activity, else the parent's path and the id.</summary>
    /// <remarks>The designer copies activities with their old path; one that does not end with the id is such a left-over.</remarks>
    public static string NodeIdOf(JsonElement activity, string parentNodeId)
    {
        var id = activity.Text("id") ?? "";
        return activity.Text("nodeId") is { } given && given.EndsWith($":{id}", StringComparison.Ordinal) ? given : $"{parentNodeId}:{id}";
    }

    /// <summary>True for an object that is an activity of its own, such as <c>body</c>; a bare expression and a variable's reference are not.</summary>
    /// <remarks>One that lacks its id but has a qualified type counts, so that its absence is reported and not passed over.</remarks>
    public static bool IsActivity(JsonElement value) =>
        value.Text("type") is { } type
        && value.Member("expression") is null
        && (value.Member("id") is not null || (type.Contains('.', StringComparison.Ordinal) && value.Member("value") is null));

    /// <summary>Activities in a list of a member's own: <c>branches[0]</c> for an activity, <c>cases[0]</c> for one in the entry's <c>activity</c>.</summary>
    public static IEnumerable<(string Key, JsonElement Activity, string Path)> Listed(string name, JsonElement value)
    {
        if (name is "activities" or "customProperties" or "metadata" || value.ValueKind != JsonValueKind.Array)
            yield break;

        foreach (var (entry, index) in value.EnumerateArray().Select((entry, index) => (entry, index)))
        {
            if (IsActivity(entry) && IsQualified(entry))
                yield return ($"{name}[{index}]", entry, $"{name}[{index}]");
            else if (entry.Member("activity") is { } held && IsActivity(held))
                yield return ($"{name}[{index}]", held, $"{name}[{index}].activity");
        }
    }

    // Other lists may have entries with an id and a type too.
    private static bool IsQualified(JsonElement entry) =>
        entry.Text("type")!.Contains('.', StringComparison.Ordinal) || entry.Text("workflowDefinitionId") is not null;

    private ImmutableArray<Node> Children(JsonElement activity, Place here)
    {
        var children = ImmutableArray.CreateBuilder<Node>();
        foreach (var (entry, at) in parts.Entries(activity, "activities", here.Path))
        {
            if (entry.ValueKind != JsonValueKind.Object)
                parts.WrongType(at, "an activity", here.Id);
            else if (Read(entry, at, here) is { } child)
                children.Add(child);
        }

        return children.ToImmutable();
    }

    private ImmutableArray<Connection> Connections(JsonElement activity, Place here)
    {
        var connections = ImmutableArray.CreateBuilder<Connection>();
        foreach (var (entry, at) in parts.Entries(activity, "connections", here.Path))
        {
            var source = entry.Value("source").Text("activity") ?? entry.Text("source");
            var target = entry.Value("target").Text("activity") ?? entry.Text("target");
            var port = entry.Value("source").Text("port") ?? entry.Text("sourcePort");
            if (source is null || target is null)
                parts.WrongType(at, "a connection with source.activity and target.activity", here.Id);
            else
                connections.Add(new Connection(source, string.IsNullOrEmpty(port) ? "Done" : port, target));
        }

        return connections.ToImmutable();
    }

    private Node WithMembers(JsonElement activity, Place here, Node node)
    {
        Dictionary<string, Expression> inputs = [];
        Dictionary<string, string> outputs = [];
        Dictionary<string, JsonElement> members = [];
        Dictionary<string, Node> embedded = [];
        foreach (var (name, value) in activity.EnumerateObject().Select(member => (member.Name, member.Value)))
        {
            if (value.ValueKind == JsonValueKind.Null || name is "id" or "type")
                continue;

            if (name is not ("customProperties" or "metadata") && IsActivity(value))
            {
                if (Read(value, $"{here.Path}.{name}", here) is { } child)
                    embedded[name] = child;
            }
            else if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("expression", out var expression))
                AddInput(inputs, (name, expression), here);
            else if (value.Member("memoryReference") is { } reference)
                AddOutput(outputs, (name, reference), here);
            else if (!Own.Contains(name))
                members[name] = value;

            foreach (var (key, child, path) in Listed(name, value))
            {
                if (Read(child, $"{here.Path}.{path}", here) is { } read)
                    embedded[key] = read;
            }
        }

        return node with
        {
            Inputs = inputs.ToFrozenDictionary(StringComparer.Ordinal),
            Outputs = outputs.ToFrozenDictionary(StringComparer.Ordinal),
            Members = members.ToFrozenDictionary(StringComparer.Ordinal),
            Embedded = embedded.ToFrozenDictionary(StringComparer.Ordinal)
        };
    }

    // An expression of null is an input that was cleared in the designer: it has its default again.
    private void AddInput(Dictionary<string, Expression> inputs, (string Name, JsonElement Expression) member, Place here)
    {
        if (member.Expression.ValueKind == JsonValueKind.Null)
            return;

        if (member.Expression.ValueKind != JsonValueKind.Object)
            parts.WrongType($"{here.Path}.{member.Name}.expression", "an object with type and value", here.Id);
        else
            inputs[member.Name] = new Expression(member.Expression.Text("type") ?? Expression.Literal, member.Expression.Value("value"));
    }

    private void AddOutput(Dictionary<string, string> outputs, (string Name, JsonElement Reference) member, Place here)
    {
        if (member.Reference.Text("id") is { Length: > 0 } variable)
            outputs[member.Name] = variable;
        else if (member.Reference.ValueKind != JsonValueKind.Object)
            parts.WrongType($"{here.Path}.{member.Name}.memoryReference", "an object with id", here.Id);
    }

    private static string? MergeMode(string? given) =>
        string.IsNullOrWhiteSpace(given) ? null : given[(given.LastIndexOf('.') + 1)..];

    private static string? Shown(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private Node? Missing(Problem problem)
    {
        problems.Add(problem);
        return null;
    }

    /// <summary>Where an activity stands: its id, its path of ids, and its JSON path.</summary>
    internal sealed record Place(string Id, string NodeId, string Path);
}
