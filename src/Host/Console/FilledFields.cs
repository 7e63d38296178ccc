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

    /// <summary>What was typed, by field; of a part of an object as <c>scores.life</c>, of an item of a list as <c>needs.0.quantity</c>. Of several boxes that were ticked, one a line.</summary>
    public static IReadOnlyDictionary<string, string> Typed(IFormCollection form) =>
        form.Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(one => one.Key[Prefix.Length..], one => string.Join('\n', one.Value.ToArray()));

    /// <summary>The values of the fields that are not empty.</summary>
    public static JsonElement Data(IEnumerable<FormField> fields, IReadOnlyDictionary<string, string> typed) => JsonSerializer.SerializeToElement(Members(fields, "", typed));

    /// <summary>What is in the rows of a list of objects: what was typed, else what the field begins with; by part.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(FormField field, IReadOnlyDictionary<string, string> typed)
    {
        var rows = RowsOf(field, typed).Select(row => Under($"{field.Name}.{row}.", typed)).ToList();
        return rows.Count > 0 ? rows : [.. (field.Given ?? []).Select(item => item.EnumerateObject().ToDictionary(member => member.Name, member => Shown(member.Value)))];
    }

    /// <summary>How a string field is best typed: a day, a moment, a longer text, or a line.</summary>
    public static string KindOf(FormField field) => field switch
    {
        { Type: not "string" } or { Choices: not null } => field.Type,
        { Name: "day" or "date" or "validTo" } => "date",
        { Name: "at" } => "moment",
        _ when field.Name.EndsWith("Date", StringComparison.Ordinal) || field.Name.EndsWith("Day", StringComparison.Ordinal) || field.Name.EndsWith("On", StringComparison.Ordinal) => "date",
        _ when field.Name.EndsWith("At", StringComparison.Ordinal) => "moment",
        { Name: "reason" or "reasons" or "note" or "opinion" or "measures" or "plan" or "goals" or "condition" } => "text",
        _ => "string"
    };

    private static JsonObject Members(IEnumerable<FormField> fields, string path, IReadOnlyDictionary<string, string> typed)
    {
        var data = new JsonObject();
        foreach (var field in fields)
        {
            if (ValueOf(field, path + field.Name, typed) is { } value)
                data[field.Name] = value;
        }

        return data;
    }

    private static JsonNode? ValueOf(FormField field, string path, IReadOnlyDictionary<string, string> typed)
    {
        if (field.Parts is { } parts && !typed.ContainsKey(path))
        {
            JsonObject[] items = field.Type == "object"
                ? [Members(parts, path + ".", typed)]
                : [.. RowsOf(field, typed).Select(row => Members(parts, $"{path}.{row}.", typed))];
            items = [.. items.Where(item => item.Count > 0)];
            return field.Type == "object" ? items.FirstOrDefault() : items.Length > 0 ? new JsonArray([.. items]) : null;
        }

        return typed.GetValueOrDefault(path)?.Trim() is { Length: > 0 } text ? Value(field, text) : null;
    }

    private static int[] RowsOf(FormField field, IReadOnlyDictionary<string, string> typed) =>
    [
        .. typed.Keys.Where(key => key.StartsWith(field.Name + ".", StringComparison.Ordinal))
            .Select(key => int.TryParse(key[(field.Name.Length + 1)..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1).Where(row => row >= 0).Distinct().Order()
    ];

    private static Dictionary<string, string> Under(string path, IReadOnlyDictionary<string, string> typed) =>
        typed.Where(one => one.Key.StartsWith(path, StringComparison.Ordinal)).ToDictionary(one => one.Key[path.Length..], one => one.Value);

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Shown)),
        JsonValueKind.Null => "",
        _ => value.ToString()
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

    // A moment in a list is Shanghai's as well.
    private static JsonNode? Item(string line) => Parsed(line, '{')
        ?? JsonValue.Create(DateTime.TryParseExact(line, ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at.ToString("yyyy-MM-ddTHH:mm:ss'+08:00'", CultureInfo.InvariantCulture) : line);

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
