using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Writes Elsa 3 JSON. What it does not know it keeps, in the order of the source.</summary>
/// <remarks>
/// All take what <see cref="DefinitionReader"/> has accepted, bare or in its wrapper, and give a bare definition; anything else throws <see cref="JsonException"/>.
/// A version's stored bytes are never rewritten (engine.md 1.18, rule 14): writing is for drafts, for exports of changed drafts and for files in <c>definitions/</c>.
/// </remarks>
public static class DefinitionWriter
{
    private const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    private static readonly string[] Order =
    [
        "$schema", "id", "definitionId", "tenantId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
        "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "usableAsActivity", "options"
    ];

    private static readonly FrozenSet<string> Known = Order.Append("root").ToFrozenSet(StringComparer.Ordinal);

    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The definition indented by two, its envelope in Elsa's order with unknown members before the root, and a line's end at the end. Writing the result again gives the same bytes.</summary>
    public static byte[] Write(ReadOnlyMemory<byte> source) => Write(Parse(source));

    /// <inheritdoc cref="Write(ReadOnlyMemory{byte})"/>
    public static byte[] Write(JsonElement definition)
    {
        var model = DefinitionReader.Model(definition) ?? throw new JsonException("A definition is an object.");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", model.Text("$schema") ?? Schema);
            foreach (var name in Ordered(model).Where(name => name != "$schema"))
            {
                writer.WritePropertyName(name);
                model.GetProperty(name).WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The definition with these members of its envelope set; every other member keeps its very bytes.</summary>
    public static byte[] WithEnvelope(ReadOnlyMemory<byte> source, DefinitionEnvelope envelope)
    {
        var model = DefinitionReader.Model(Parse(source)) ?? throw new JsonException("A definition is an object.");
        var given = Given(envelope);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented with { Indented = false }))
        {
            writer.WriteStartObject();
            foreach (var name in given.Keys.Where(name => !model.TryGetProperty(name, out _)))
                WriteMember(writer, name, given[name]);

            foreach (var member in model.EnumerateObject())
            {
                if (given.TryGetValue(member.Name, out var value))
                    WriteMember(writer, member.Name, value);
                else
                {
                    writer.WritePropertyName(member.Name);
                    writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The definition with a <c>nodeId</c> on every activity, as the designer needs it and as <see cref="Node.NodeId"/> has it.</summary>
    public static JsonElement WithNodeIds(ReadOnlyMemory<byte> source)
    {
        var model = DefinitionReader.Model(Parse(source)) ?? throw new JsonException("A definition is an object.");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented with { Indented = false }))
        {
            writer.WriteStartObject();
            foreach (var member in model.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (member.Name == "root" && member.Value.ValueKind == JsonValueKind.Object)
                    WriteActivity(writer, member.Value, NodeReader.WorkflowNodeId);
                else
                    member.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteActivity(Utf8JsonWriter writer, JsonElement activity, string parentNodeId)
    {
        var nodeId = NodeReader.NodeIdOf(activity, parentNodeId);
        writer.WriteStartObject();
        foreach (var member in activity.EnumerateObject().Where(member => member.Name != "nodeId"))
        {
            writer.WritePropertyName(member.Name);
            if (member.Name is not ("customProperties" or "metadata") && NodeReader.IsActivity(member.Value))
                WriteActivity(writer, member.Value, nodeId);
            else if (member.Name == "activities" && member.Value.ValueKind == JsonValueKind.Array)
                WriteActivities(writer, member.Value, nodeId);
            else if (NodeReader.Listed(member.Name, member.Value).Any())
                WriteListed(writer, member.Value, nodeId);
            else
                member.Value.WriteTo(writer);

            if (member.Name == "id")
                writer.WriteString("nodeId", nodeId);
        }

        writer.WriteEndObject();
    }

    // Branches are activities themselves, cases hold theirs in a member.
    private static void WriteListed(Utf8JsonWriter writer, JsonElement list, string parentNodeId)
    {
        writer.WriteStartArray();
        foreach (var entry in list.EnumerateArray())
        {
            if (NodeReader.IsActivity(entry))
            {
                WriteActivity(writer, entry, parentNodeId);
                continue;
            }

            if (entry.ValueKind != JsonValueKind.Object)
            {
                entry.WriteTo(writer);
                continue;
            }

            writer.WriteStartObject();
            foreach (var member in entry.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                if (member.Name == "activity" && NodeReader.IsActivity(member.Value))
                    WriteActivity(writer, member.Value, parentNodeId);
                else
                    member.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteActivities(Utf8JsonWriter writer, JsonElement activities, string parentNodeId)
    {
        writer.WriteStartArray();
        foreach (var activity in activities.EnumerateArray())
        {
            if (activity.ValueKind == JsonValueKind.Object)
                WriteActivity(writer, activity, parentNodeId);
            else
                activity.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<string> Ordered(JsonElement model) =>
        Order.Where(name => model.TryGetProperty(name, out _))
            .Concat(model.EnumerateObject().Select(member => member.Name).Where(name => !Known.Contains(name)))
            .Concat(model.TryGetProperty("root", out _) ? ["root"] : Array.Empty<string>());

    private static Dictionary<string, object> Given(DefinitionEnvelope envelope) => new (string Name, object? Value)[]
    {
        ("id", envelope.VersionId),
        ("definitionId", envelope.DefinitionId),
        ("name", envelope.Name),
        ("createdAt", envelope.CreatedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        ("version", envelope.Version),
        ("isLatest", envelope.IsLatest),
        ("isPublished", envelope.IsPublished)
    }.Where(member => member.Value is not null).ToDictionary(member => member.Name, member => member.Value!, StringComparer.Ordinal);

    private static void WriteMember(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case int number: writer.WriteNumber(name, number); break;
            case bool flag: writer.WriteBoolean(name, flag); break;
            default: writer.WriteString(name, (string)value); break;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> source) =>
        JsonElement.Parse(DefinitionText.WithoutByteOrderMark(source.Span), new JsonDocumentOptions { MaxDepth = DefinitionReader.MaxDepth });
}
