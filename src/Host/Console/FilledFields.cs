using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Console;

/// <summary>Turns what a browser sent for a task's declared fields into the values that the task asks for.</summary>
/// <remarks>What cannot be read as its type stays as it was typed: the comparison with the form says so, and the person finds it in its field again.</remarks>
internal static class FilledFields
{
    private const string Prefix = "f.";

    /// <summary>The name of a field's input.</summary>
    public static string InputOf(FormField field) => Prefix + field.Name;

    /// <summary>What was typed, by field.</summary>
    public static IReadOnlyDictionary<string, string> Typed(IEnumerable<FormField> fields, IFormCollection form) =>
        fields.ToDictionary(field => field.Name, field => form[InputOf(field)].ToString());

    /// <summary>The values of the fields that are not empty.</summary>
    public static JsonElement Data(IEnumerable<FormField> fields, IReadOnlyDictionary<string, string> typed)
    {
        var data = new JsonObject();
        foreach (var field in fields)
        {
            if (typed.GetValueOrDefault(field.Name)?.Trim() is { Length: > 0 } text)
                data[field.Name] = Value(field, text);
        }

        return JsonSerializer.SerializeToElement(data);
    }

    /// <summary>How a string field is best typed: a day, a moment, a longer text, or a line.</summary>
    public static string KindOf(FormField field) => field switch
    {
        { Type: not "string" } => field.Type,
        { Name: "day" or "date" } => "date",
        { Name: "at" } => "moment",
        _ when field.Name.EndsWith("Date", StringComparison.Ordinal) || field.Name.EndsWith("Day", StringComparison.Ordinal) => "date",
        _ when field.Name.EndsWith("At", StringComparison.Ordinal) => "moment",
        { Name: "reason" or "reasons" or "note" or "opinion" or "measures" or "plan" or "goals" or "condition" } => "text",
        _ => "string"
    };

    private static JsonNode? Value(FormField field, string text) => field.Type switch
    {
        "number" or "integer" when decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) =>
            field.Type == "integer" && number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue ? (long)number : number,
        "boolean" when bool.TryParse(text, out var yes) => yes,
        "array" => new JsonArray([.. Lines(text).Select(Item)]),
        "object" => Parsed(text, '{') ?? Members(text),
        // A browser's moment has no zone: it is Shanghai's.
        "string" when KindOf(field) == "moment" && text.Length == 16 => text + ":00+08:00",
        _ => text
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static JsonNode? Item(string line) => Parsed(line, '{') ?? JsonValue.Create(line);

    // "name: value", one a line.
    private static JsonNode? Members(string text)
    {
        var members = new JsonObject();
        foreach (var line in Lines(text))
        {
            var at = line.IndexOfAny([':', '：', '=']);
            if (at < 1)
                return JsonValue.Create(text);
            var value = line[(at + 1)..].Trim();
            members[line[..at].Trim()] = decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : value;
        }

        return members;
    }

    private static JsonNode? Parsed(string text, char first)
    {
        if (text[0] != first)
            return null;

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
