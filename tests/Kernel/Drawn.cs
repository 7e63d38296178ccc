using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Tests.Kernel;

/// <summary>Draws definitions for tests in a line or two.</summary>
internal static class Drawn
{
    /// <summary>A flowchart of activities given as <c>id:Type</c> and lines given as <c>a&gt;b</c> or <c>a.Port&gt;b</c>.</summary>
    public static Definition Flowchart(string activities, string lines, Action<JsonObject>? change = null) =>
        Read(FlowchartJson(activities, lines, change));

    public static string FlowchartJson(string activities, string lines, Action<JsonObject>? change = null, string definitionId = "drawn")
    {
        var root = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1 };
        root["activities"] = new JsonArray([.. activities.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Activity)]);
        root["connections"] = new JsonArray([.. lines.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Line)]);
        return Envelope(root, change, definitionId);
    }

    public static string Envelope(JsonObject root, Action<JsonObject>? change = null, string definitionId = "drawn")
    {
        var envelope = new JsonObject { ["definitionId"] = definitionId, ["name"] = definitionId, ["version"] = 1, ["root"] = root.DeepClone() };
        change?.Invoke(envelope);
        return envelope.ToJsonString();
    }

    public static Definition Read(string json)
    {
        var reading = DefinitionReader.Read(Encoding.UTF8.GetBytes(json));
        return reading.Definition ?? throw new InvalidOperationException(string.Join("; ", reading.Problems.Select(problem => problem.Message)));
    }

    public static JsonObject Literal(object value) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = JsonSerializer.SerializeToNode(value) }
    };

    public static JsonObject Script(string script) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script }
    };

    public static JsonObject Find(JsonObject envelope, string id) =>
        envelope["root"]!["activities"]!.AsArray().Select(node => node!.AsObject()).First(node => (string?)node["id"] == id);

    private static JsonNode Activity(string text)
    {
        var parts = text.Split(':');
        return new JsonObject { ["id"] = parts[0], ["type"] = parts.Length > 1 ? "Elsa." + parts[1] : "Test.Step", ["version"] = 1 };
    }

    private static JsonNode Line(string text)
    {
        var ends = text.Split('>');
        var from = ends[0].Split('.');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from[0], ["port"] = from.Length > 1 ? from[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" }
        };
    }
}
