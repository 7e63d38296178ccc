using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Values that make a difference: what the drawing's scripts compare a variable or an input with.</summary>
/// <remarks>So that a switch behind a played activity sees each of its cases, without a script that knows the activity's outputs.</remarks>
internal sealed partial class Guesses
{
    private readonly Dictionary<string, Dictionary<string, List<JsonNode?>>> _compared = new(StringComparer.Ordinal);
    private readonly Definition _definition;

    public Guesses(Definition definition)
    {
        _definition = definition;
        foreach (var script in definition.Nodes.Values.SelectMany(Scripts))
        {
            foreach (Match match in Comparison().Matches(script))
                Remember(match);
        }
    }

    public JsonElement Variable(string id, Random random) =>
        _definition.VariablesById.TryGetValue(id, out var variable) ? Value(variable.Name, variable.TypeName, random) : default;

    public JsonElement Input(Parameter parameter, Random random) =>
        parameter.Default.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? Value(parameter.Name, parameter.TypeName, random) : parameter.Default;

    private JsonElement Value(string name, string type, Random random)
    {
        if (!_compared.TryGetValue(name, out var paths))
            return Plain(name, type, random);

        if (paths.TryGetValue("", out var whole))
            return Of(Pick(whole, random));

        var built = new JsonObject();
        foreach (var (path, values) in paths)
            Put(built, path.Split('.', StringSplitOptions.RemoveEmptyEntries), Pick(values, random));
        return Of(built);
    }

    private static JsonElement Plain(string name, string type, Random random) => type switch
    {
        "Boolean" => Of(JsonValue.Create(random.Next(2) == 0)),
        "Int32" or "Int64" or "Double" or "Decimal" or "Single" => Of(JsonValue.Create(random.Next(1, 10))),
        "String" => Of(JsonValue.Create($"sim-{name}")),
        "Object" => Of(new JsonObject()),
        _ => default
    };

    // Something else than all that is compared with must be possible too: the case "otherwise".
    private static JsonNode? Pick(List<JsonNode?> values, Random random)
    {
        var drawn = random.Next(values.Count + (values.Any(value => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False) ? 0 : 1));
        return drawn < values.Count ? values[drawn]?.DeepClone() : values[0]?.GetValueKind() == JsonValueKind.Number ? JsonValue.Create(values[0]!.GetValue<double>() + 1) : JsonValue.Create("other");
    }

    private static void Put(JsonObject at, string[] path, JsonNode? value)
    {
        foreach (var step in path[..^1])
        {
            if (at[step] is not JsonObject next)
                at[step] = next = [];
            at = next;
        }

        at[path[^1]] = value;
    }

    private void Remember(Match match)
    {
        var name = match.Groups["name"].Value;
        var literal = match.Groups["text"] is { Success: true } text ? JsonValue.Create(text.Value)
            : match.Groups["number"] is { Success: true } number ? JsonValue.Create(double.Parse(number.Value, System.Globalization.CultureInfo.InvariantCulture))
            : (JsonNode)JsonValue.Create(match.Groups["truth"].Value == "true");
        if (!_compared.TryGetValue(name, out var paths))
            _compared[name] = paths = new(StringComparer.Ordinal);
        var path = match.Groups["path"].Value;
        if (!paths.TryGetValue(path, out var values))
            paths[path] = values = [];
        if (values.All(value => !JsonNode.DeepEquals(value, literal)))
            values.Add(literal);
        if (literal.GetValueKind() is JsonValueKind.True or JsonValueKind.False && values.Count < 2)
            values.Add(JsonValue.Create(!literal.GetValue<bool>()));
    }

    private static IEnumerable<string> Scripts(Node node) =>
        node.Inputs.Values.Where(input => input.Type == Expression.JavaScript && input.Value.ValueKind == JsonValueKind.String).Select(input => input.Value.GetString()!)
            .Concat(node.Members.TryGetValue("cases", out var cases) && cases.ValueKind == JsonValueKind.Array
                ? cases.EnumerateArray().Select(one => one.Value("condition").Text("value")).OfType<string>()
                : []);

    private static JsonElement Of(JsonNode? node) => JsonSerializer.SerializeToElement(node);

    [GeneratedRegex("""
        (?:variables\.(?<name>\w+)|get(?:Variable|Input)\(\s*['"](?<name>[^'"]+)['"]\s*\)|input\.(?<name>\w+))(?<path>(?:\.\w+)*)\s*(?:[=!]==?|[<>]=?)\s*(?:['"](?<text>[^'"]*)['"]|(?<number>-?\d+(?:\.\d+)?)|(?<truth>true|false))
        """)]
    private static partial Regex Comparison();
}
