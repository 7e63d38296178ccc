using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Console;

/// <summary>A value as it may be shown (<see cref="Masking"/>).</summary>
/// <param name="IsMasked">Whether anything of it was hidden.</param>
public sealed record NamedValue(string Name, string Text, bool IsMasked)
{
    private const int Longest = 2000;

    /// <summary>The items of a list of objects, each with its members; empty for anything else.</summary>
    public IReadOnlyList<IReadOnlyList<NamedValue>> Rows { get; init; } = [];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static NamedValue Of(string name, JsonElement value)
    {
        var shown = Masking.Mask(name, value, out var isMasked);
        return new NamedValue(name, TextOf(shown), isMasked);
    }

    /// <summary>What an object holds, one by one: the members of an object inside stand beside the others, a list of objects becomes rows, and what is empty is left out.</summary>
    public static IEnumerable<NamedValue> In(JsonElement values) => values.ValueKind != JsonValueKind.Object ? [] : values.EnumerateObject().SelectMany(one => one.Value.ValueKind switch
    {
        _ when Masking.IsSensitive(one.Name) => [Of(one.Name, one.Value)],
        JsonValueKind.Object => In(one.Value),
        JsonValueKind.Array when one.Value.GetArrayLength() > 0 && one.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) =>
            [new NamedValue(one.Name, "", false) { Rows = [.. one.Value.EnumerateArray().Select(item => In(item).ToArray())] }],
        _ => [Of(one.Name, one.Value)]
    }).Where(one => one.Text.Length > 0 || one.Rows.Count > 0);

    /// <summary>The value as it is, for somebody who said why they must see it.</summary>
    public static NamedValue InClear(string name, JsonElement value) => new(name, TextOf(JsonNode.Parse(value.GetRawText())), false);

    private static string TextOf(JsonNode? shown)
    {
        var text = shown switch
        {
            null => "",
            JsonValue plain => Masking.Plain(plain),
            JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(item => Masking.Plain(item!.AsValue()))),
            JsonObject { Count: 0 } => "",
            _ => shown.ToJsonString(Readable)
        };
        return text.Length > Longest ? text[..Longest] + " …" : text;
    }
}
