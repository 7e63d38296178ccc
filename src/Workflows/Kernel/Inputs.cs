using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Lenient readings of evaluated inputs: the designer writes booleans and lists as text.</summary>
internal static class Inputs
{
    // Whole numbers beyond this are not exact in scripts.
    private const long MostWhole = 1L << 53;

    public static bool Truth(this FrozenDictionary<string, JsonElement> inputs, string name) =>
        inputs.TryGetValue(name, out var value) && Truth(value);

    public static bool Truth(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var truth) && truth,
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => false
    };

    public static string? Text(this FrozenDictionary<string, JsonElement> inputs, string name) =>
        inputs.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) ? value.ToString() : null;

    /// <summary>A whole number, or the given one when there is no value; null for a value that is none.</summary>
    public static long? Whole(this FrozenDictionary<string, JsonElement> inputs, string name, long otherwise)
    {
        var text = inputs.Text(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            return otherwise;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) && Math.Abs(number) <= MostWhole
            ? (long)number
            : null;
    }

    public static ImmutableArray<JsonElement> List(this FrozenDictionary<string, JsonElement> inputs, string name)
    {
        if (!inputs.TryGetValue(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.TrimStart().StartsWith('['))
        {
            value = JsonElement.Parse(text);
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray()],
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [value]
        };
    }
}
