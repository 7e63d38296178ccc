using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The format's names of types, and what they mean for variables and inputs.</summary>
internal static class TypeAliases
{
    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        ["String"] = typeof(string), ["Boolean"] = typeof(bool), ["Int16"] = typeof(short), ["Int32"] = typeof(int), ["Int64"] = typeof(long),
        ["Single"] = typeof(float), ["Double"] = typeof(double), ["Decimal"] = typeof(decimal), ["Guid"] = typeof(Guid), ["TimeSpan"] = typeof(TimeSpan),
        ["Byte"] = typeof(byte), ["Char"] = typeof(char), ["TimeOnly"] = typeof(TimeOnly), ["Uri"] = typeof(Uri),
        ["DateTime"] = typeof(DateTimeOffset), ["DateTimeOffset"] = typeof(DateTimeOffset), ["DateOnly"] = typeof(DateOnly)
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Dictionaries =
        new[] { "ObjectDictionary", "StringDictionary", "JsonObject", "ExpandoObject" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a given value is not of a declared type; null when it is, or when the type is not a plain one.</summary>
    public static string? Mismatch(JsonElement value, Parameter parameter)
    {
        if (!parameter.IsArray)
        {
            return Mismatch(value, parameter.TypeName, $"'{parameter.Name}'");
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return $"'{parameter.Name}' must be a list.";
        }

        return value.EnumerateArray().Select((item, index) => Mismatch(item, parameter.TypeName, $"'{parameter.Name}[{index}]'")).FirstOrDefault(mismatch => mismatch is not null);
    }

    /// <summary>The type that a declared input or output has; any JSON value for one that is not a plain type.</summary>
    public static Type TypeOf(Parameter parameter)
    {
        var type = Types.GetValueOrDefault(parameter.TypeName, typeof(JsonElement));
        return parameter.IsArray ? type.MakeArrayType() : type;
    }

    private static string? Mismatch(JsonElement value, string alias, string shown)
    {
        if (Dictionaries.Contains(alias))
        {
            return value.ValueKind == JsonValueKind.Object ? null : $"{shown} must be an object.";
        }

        if (!Types.TryGetValue(alias, out var type))
        {
            return null;
        }

        if (type == typeof(string))
        {
            return value.ValueKind == JsonValueKind.String ? null : $"{shown} must be a text.";
        }

        var (bound, error) = InputBinding.Bind(value, type);
        return error is null && bound is not null ? null : $"{shown}: {error ?? "a value is needed."}";
    }

    /// <summary>The initial value that a variable's text stands for; the text itself when it does not fit its type.</summary>
    public static JsonElement Initial(Variable variable)
    {
        if (variable.Value.ValueKind != JsonValueKind.String)
        {
            return variable.Value;
        }

        var text = variable.Value.GetString()!;
        if (variable.IsArray || (!Types.ContainsKey(variable.TypeName) && text.TrimStart() is ['[' or '{' or '"', ..]))
        {
            return Parsed(text) ?? variable.Value;
        }

        return Types.TryGetValue(variable.TypeName, out var type) && type != typeof(string) && InputBinding.Bind(variable.Value, type) is ({ } bound, null)
            ? FlowJson.Of(bound)
            : variable.Value;
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
