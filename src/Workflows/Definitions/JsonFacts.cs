using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Lenient look-ups in imported JSON: what is null, absent or of another kind reads as null.</summary>
internal static class JsonFacts
{
    /// <summary>The member, or null when <paramref name="element"/> is no object, lacks it, or has null there.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>A JSON boolean, or the texts "true" and "True" as the designer writes them; else false.</summary>
    public static bool Flag(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } text => bool.TryParse(text.GetString(), out var flag) && flag,
        _ => false
    };

    public static int? Integer(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var value) => value,
        _ => null
    };

    /// <summary>The member, or undefined when it is absent or null.</summary>
    public static JsonElement Value(this JsonElement element, string name) => element.Member(name) ?? default;
}
