using System.Text.Json;
using System.Text.Json.Nodes;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Tasks;

/// <summary>Compares a filled form with what its task asks for, and seals the ID numbers in it.</summary>
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

    /// <summary>The same with every ID number that the form asks for sealed.</summary>
    public static JsonElement Sealed(IReadOnlyList<FormField> form, JsonElement data, PersonalDataKey key)
    {
        if (!form.Any(HasNumber) || data.ValueKind != JsonValueKind.Object)
            return data;
        var filled = JsonNode.Parse(data.GetRawText())!.AsObject();
        Seal(form, filled, key);
        return JsonSerializer.SerializeToElement(filled);
    }

    private static bool HasNumber(FormField field) => field.Type == FormField.IdNumber || field.Parts?.Any(HasNumber) == true;

    private static void Seal(IReadOnlyList<FormField> form, JsonObject filled, PersonalDataKey key)
    {
        foreach (var field in form.Where(field => filled[field.Name] is not null))
        {
            if (field.Type == FormField.IdNumber)
                filled[field.Name] = key.Seal(filled[field.Name]!.GetValue<string>().Trim().ToUpperInvariant());
            else if (field.Parts is { } parts)
            {
                foreach (var item in filled[field.Name] is JsonArray items ? items.OfType<JsonObject>() : [filled[field.Name]!.AsObject()])
                    Seal(parts, item, key);
            }
        }
    }

    private static IEnumerable<(string Field, string Message)> Faults(FormField field, string path, JsonElement value)
    {
        if (!Fits(field.Type, value))
            return [(path, field.Type == FormField.IdNumber ? "An ID number of 18 characters, with the day of birth in it." : $"Must be of the type {field.Type}.")];
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
        FormField.IdNumber => value.ValueKind == JsonValueKind.String && IdNumber.IsOne(value.GetString()!.Trim()),
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => true
    };
}
