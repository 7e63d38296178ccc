using System.Text.Json;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Tasks;

/// <summary>Compares a filled form with what its task asks for.</summary>
internal static class FilledForm
{
    /// <summary>Each fault with its field: missing for this outcome, or of another type.</summary>
    public static IEnumerable<(string Field, string Message)> Faults(IEnumerable<FormField> form, string outcome, JsonElement data)
    {
        foreach (var field in form)
        {
            var value = data.ValueKind == JsonValueKind.Object && data.TryGetProperty(field.Name, out var given) ? given : default;
            if (IsEmpty(value))
            {
                if (field.Outcomes.Contains(outcome, StringComparer.Ordinal))
                    yield return (field.Name, $"Needed for the outcome {outcome}.");
            }
            else if (!Fits(field.Type, value))
            {
                yield return (field.Name, $"Must be of the type {field.Type}.");
            }
        }
    }

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
