using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Compares two versions of a definition. Pure: what the author did, not how the file lies.</summary>
public static class DefinitionComparison
{
    private static readonly string[] OfDrawing = ["metadata"];

    public static DefinitionDiff Of(Definition from, Definition to)
    {
        var ids = from.Nodes.Keys.Union(to.Nodes.Keys, StringComparer.Ordinal);
        var activities = ids.Select(id => Activity(from.Nodes.GetValueOrDefault(id), to.Nodes.GetValueOrDefault(id))).OfType<ActivityChange>();
        return new DefinitionDiff(
            [.. activities.OrderBy(change => (to.Nodes.GetValueOrDefault(change.ActivityId) ?? from.Nodes[change.ActivityId]).NodeId, StringComparer.Ordinal)],
            [.. Lines(from, to)],
            [.. Members(Facts(from), Facts(to))]);
    }

    private static ActivityChange? Activity(Node? from, Node? to)
    {
        if (from is null || to is null)
        {
            var only = (to ?? from)!;
            return new ActivityChange(only.Id, only.DisplayText, only.Type, only.Parent, from is null ? ChangeKind.Added : ChangeKind.Removed, []);
        }

        ImmutableArray<MemberChange> members = [.. Members(Facts(from), Facts(to))];
        if (members.IsEmpty && Same(Place(from), Place(to)))
            return null;

        return new ActivityChange(to.Id, to.DisplayText, to.Type, to.Parent, members.IsEmpty ? ChangeKind.Moved : ChangeKind.Changed, members);
    }

    private static IEnumerable<LineChange> Lines(Definition from, Definition to)
    {
        var (before, after) = (LinesOf(from), LinesOf(to));
        return after.Except(before).Select(line => (Line: line, Change: ChangeKind.Added))
            .Concat(before.Except(after).Select(line => (Line: line, Change: ChangeKind.Removed)))
            .OrderBy(one => one.Line.Container, StringComparer.Ordinal).ThenBy(one => one.Line.Line.Source, StringComparer.Ordinal)
            .ThenBy(one => one.Line.Line.Port, StringComparer.Ordinal).ThenBy(one => one.Line.Line.Target, StringComparer.Ordinal)
            .Select(one => new LineChange(one.Line.Container, one.Line.Line.Source, one.Line.Line.Port, one.Line.Line.Target, one.Change));
    }

    private static HashSet<(string Container, Connection Line)> LinesOf(Definition definition) =>
        [.. definition.Nodes.Values.SelectMany(node => node.Connections.Select(line => (node.Id, line)))];

    private static IEnumerable<MemberChange> Members(Dictionary<string, JsonElement> before, Dictionary<string, JsonElement> after) =>
        before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => new MemberChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(member => !Same(member.From, member.To));

    private static Dictionary<string, JsonElement> Facts(Definition definition)
    {
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        Add(facts, "name", definition.Name);
        Add(facts, "description", definition.Description);
        Add(facts, "root", definition.Root.Id);
        foreach (var variable in definition.Variables)
            facts["variables." + variable.Name] = Of(variable);
        foreach (var input in definition.Inputs)
            facts["inputs." + input.Name] = Of(input);
        foreach (var output in definition.Outputs)
            facts["outputs." + output.Name] = Of(output);
        foreach (var outcome in definition.Outcomes)
            Add(facts, "outcomes." + outcome, outcome);
        AddMembers(facts, "options.", definition.Options);
        AddMembers(facts, "customProperties.", definition.CustomProperties);
        return facts;
    }

    private static Dictionary<string, JsonElement> Facts(Node node)
    {
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        Add(facts, "type", node.Type);
        Add(facts, "version", node.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(facts, "name", node.Name);
        Add(facts, "parent", node.Parent);
        Add(facts, "start", node.Start);
        foreach (var (name, expression) in node.Inputs)
            facts["inputs." + name] = Json(new Dictionary<string, JsonElement> { ["type"] = Json(expression.Type), ["value"] = expression.Value });
        foreach (var (name, variable) in node.Outputs)
            Add(facts, "outputs." + name, variable);
        foreach (var (name, value) in node.Members.Where(member => !OfDrawing.Contains(member.Key)))
            facts[name] = value;
        foreach (var variable in node.Variables)
            facts["variables." + variable.Name] = Of(variable);
        foreach (var (name, child) in node.Embedded)
            Add(facts, name, child.Id);

        // The order in a flowchart's file means nothing; in a sequence it is what happens.
        if (node.Type != FlowchartRules.Type && !node.Activities.IsEmpty)
            facts["order"] = Json(node.Activities.Select(child => child.Id));
        foreach (var (name, value) in Texts(node))
            facts[name] = value;
        return facts;
    }

    // What stands beside the drawing's coordinates: the shown text, the description.
    private static IEnumerable<(string Name, JsonElement Value)> Texts(Node node) =>
        node.Members.GetValueOrDefault("metadata") is { ValueKind: JsonValueKind.Object } metadata
            ? metadata.EnumerateObject().Where(member => member.Name != "designer").Select(member => (member.Name, member.Value))
            : [];

    private static JsonElement Place(Node node) => node.Members.GetValueOrDefault("metadata").Value("designer");

    private static JsonElement Of(Variable variable) => Json(new Dictionary<string, JsonElement>
    {
        ["id"] = Json(variable.Id), ["type"] = Json(variable.TypeName), ["isArray"] = Json(variable.IsArray), ["value"] = variable.Value
    });

    private static JsonElement Of(Parameter parameter) => Json(new Dictionary<string, JsonElement>
    {
        ["type"] = Json(parameter.TypeName), ["isArray"] = Json(parameter.IsArray), ["isRequired"] = Json(parameter.IsRequired),
        ["displayName"] = Json(parameter.DisplayName), ["description"] = Json(parameter.Description), ["default"] = parameter.Default
    });

    private static void AddMembers(Dictionary<string, JsonElement> facts, string prefix, JsonElement owner)
    {
        if (owner.ValueKind != JsonValueKind.Object)
            return;

        foreach (var member in owner.EnumerateObject())
            facts[prefix + member.Name] = member.Value;
    }

    private static void Add(Dictionary<string, JsonElement> facts, string name, string? value)
    {
        if (value is not null)
            facts[name] = Json(value);
    }

    private static JsonElement Json(Dictionary<string, JsonElement> members) =>
        JsonSerializer.SerializeToElement(members.Where(member => member.Value.ValueKind != JsonValueKind.Undefined).ToFrozenDictionary());

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    // Absent and null are the same to every reader of the format.
    private static bool Same(JsonElement one, JsonElement other) =>
        IsNothing(one) || IsNothing(other) ? IsNothing(one) && IsNothing(other) : JsonElement.DeepEquals(one, other);

    private static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
