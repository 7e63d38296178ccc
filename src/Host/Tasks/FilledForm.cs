using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Tasks;

/// <summary>Compares a filled form with what its task asks for.</summary>
internal static class FilledForm
{
    /// <summary>Each fault with its field: missing for this outcome, or of another type; of a part with the way to it, as <c>needs[0].quantity</c>.</summary>
    public static IEnumerable<(string Field, string Message)> Faults(IEnumerable<FormField> form, string outcome, JsonElement data)
    {
        foreach (var field in form)
        {
            var value = Member(data, field);
            if (!IsEmpty(value))
            {
                foreach (var fault in Faults(field, field.Name, value))
                    yield return fault;
            }
            else if (field.Outcomes.Contains(outcome, StringComparer.Ordinal))
            {
                yield return (field.Name, $"Needed for the outcome {outcome}.");
            }
        }
    }

    private static IEnumerable<(string Field, string Message)> Faults(FormField field, string path, JsonElement value)
    {
        if (!Fits(field.Type, value))
            return [(path, $"Must be of the type {field.Type}.")];
        if (field.Parts is not { } parts)
            return [];
        return field.Type == "object" ? PartFaults(parts, path, value)
            : value.EnumerateArray().SelectMany((item, at) => item.ValueKind == JsonValueKind.Object ? PartFaults(parts, $"{path}[{at}]", item) : [($"{path}[{at}]", "Must be of the type object.")]);
    }

    private static IEnumerable<(string Field, string Message)> PartFaults(IEnumerable<FormField> parts, string path, JsonElement value) =>
        parts.Where(part => !IsEmpty(Member(value, part))).SelectMany(part => Faults(part, $"{path}.{part.Name}", Member(value, part)));

    private static JsonElement Member(JsonElement data, FormField field) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(field.Name, out var given) ? given : default;

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false
    };

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => true
    };
}
