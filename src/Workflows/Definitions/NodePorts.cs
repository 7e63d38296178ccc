using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>The ports that one drawn activity has: its type's, and those that its own cases, branches and outcome lists make.</summary>
internal static class NodePorts
{
    // Inputs of Elsa's and our types whose literal list is a list of ports.
    private static readonly string[] Lists = ["branches", "outcomes", "possibleOutcomes", "expectedStatusCodes"];

    // Its cases hold what follows them; it leaves by Done.
    private const string EmbeddedCases = "Elsa.Switch";

    // These outcomes are those of what is ended; these statuses lead to activities inside.
    private static readonly (string Type, string List)[] Inner = [("Elsa.Complete", "outcomes"), ("Elsa.SendHttpRequest", "expectedStatusCodes")];

    /// <summary>All ports; <c>*</c> among them means any.</summary>
    public static ImmutableArray<string> Of(Node node, ActivityShape shape)
    {
        var ports = shape.Outcomes.ToBuilder();
        if (node.Type != EmbeddedCases && node.Members.TryGetValue("cases", out var cases) && cases.ValueKind == JsonValueKind.Array)
        {
            ports.AddRange(cases.EnumerateArray().Select(entry => entry.Text("label")).OfType<string>());
            ports.Add("Default");
        }

        foreach (var list in Lists.Where(list => !Inner.Contains((node.Type, list))))
        {
            if (node.Inputs.TryGetValue(list, out var expression))
                AddList(ports, expression);
        }

        // Elsa.HttpEndpoint has this port only when it is asked for.
        if (!Exposes(node, "exposeRequestTooLargeOutcome"))
            ports.Remove("Request too large");

        if (ports.Count == 0)
            ports.Add("Done");

        return [.. ports.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Outcomes that the author has said to leave unconnected (<c>customProperties.ignoredOutcomes</c>).</summary>
    public static ImmutableHashSet<string> Ignored(Node node) =>
        node.Members.TryGetValue("customProperties", out var own) && own.Member("ignoredOutcomes") is { ValueKind: JsonValueKind.Array } ignored
            ? [.. ignored.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String).Select(entry => entry.GetString()!)]
            : [];

    private static bool Exposes(Node node, string input) =>
        node.Inputs.TryGetValue(input, out var asked)
        && !(asked.Type == Expression.Literal && (asked.Value.ValueKind is JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined || asked.Value.ToString() is "" or "false" or "False"));

    /// <summary>The texts that a literal list or a literal text of an input holds; empty when they are computed.</summary>
    public static ImmutableArray<string> Literals(Node node, string input)
    {
        if (!node.Inputs.TryGetValue(input, out var expression))
            return [];

        var found = ImmutableArray.CreateBuilder<string>();
        AddList(found, expression);
        if (found.Count == 0 && expression.Type == Expression.Literal && expression.Value is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } one && one[0] != '[')
            found.Add(one);

        return [.. found.Where(outcome => outcome != "*")];
    }

    private static void AddList(ImmutableArray<string>.Builder ports, Expression expression)
    {
        // A list that is computed is known only when it runs.
        if (expression.Type is not (Expression.Literal or Expression.Object))
        {
            ports.Add("*");
            return;
        }

        var value = expression.Value;
        if (value.ValueKind == JsonValueKind.String && !TryParse(value.GetString()!, out value))
            return;

        if (value.ValueKind == JsonValueKind.Array)
            ports.AddRange(value.EnumerateArray().Select(entry => entry.ToString()));
    }

    private static bool TryParse(string text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
