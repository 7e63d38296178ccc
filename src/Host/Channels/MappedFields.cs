using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Host.Channels;

/// <summary>Reads a system's message as the contract, and writes our answer as the system wants it.</summary>
/// <remarks>
/// A field is found by a path (<c>a.b</c>, <c>files[].type</c>), by the first of several paths that lead to something, or by <c>{ "at": path }</c> with a
/// <c>table</c> of codes, a <c>date</c> in another form, a value that <c>equals</c> yes; <c>{ "is": value }</c> is the same in every message.
/// A code that its table does not know is passed on as it is, and refused where it is looked at.
/// </remarks>
internal static class MappedFields
{
    /// <summary>The message as the contract has it; what is not there is left out.</summary>
    public static JsonObject Read(JsonObject message, ChannelMapping mapping, MappedOperation operation)
    {
        var contract = new JsonObject();
        foreach (var (field, source) in operation.Fields)
        {
            if (Value(message, source, mapping) is { } value)
                Put(contract, field.Split('.'), value);
        }

        return contract;
    }

    /// <summary>What a path leads to; null for nothing.</summary>
    public static JsonNode? At(JsonNode? from, string path)
    {
        foreach (var (part, index) in path.Split('.').Select((part, index) => (part, index)))
        {
            var (name, isList) = part.EndsWith("[]", StringComparison.Ordinal) ? (part[..^2], true) : (part, false);
            from = from is JsonObject holder && holder.TryGetPropertyValue(name, out var next) ? next : null;
            if (!isList || from is not JsonArray list)
                continue;
            var rest = string.Join('.', path.Split('.').Skip(index + 1));
            return new JsonArray([.. list.Select(item => rest.Length == 0 ? item?.DeepClone() : At(item, rest)?.DeepClone()).Where(item => item is not null)]);
        }

        return from;
    }

    /// <summary>Our answer in the system's own form.</summary>
    public static JsonNode? Write(JsonElement form, JsonNode answer) => form.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(form.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Write(member.Value, answer)))),
        JsonValueKind.Array => new JsonArray([.. form.EnumerateArray().Select(item => Write(item, answer))]),
        JsonValueKind.String when form.GetString() is ['$', .. var path] => (path.Length == 0 ? answer : At(answer, path))?.DeepClone(),
        _ => JsonNode.Parse(form.GetRawText())
    };

    private static JsonNode? Value(JsonObject message, JsonElement source, ChannelMapping mapping) => source.ValueKind switch
    {
        JsonValueKind.String => At(message, source.GetString()!)?.DeepClone(),
        JsonValueKind.Array => source.EnumerateArray().Select(one => Value(message, one, mapping)).FirstOrDefault(found => found is not null && found.ToString().Length > 0),
        _ => source.TryGetProperty("is", out var constant) ? JsonNode.Parse(constant.GetRawText()) : Turned(At(message, source.GetProperty("at").GetString()!), source, mapping)
    };

    private static JsonNode? Turned(JsonNode? found, JsonElement source, ChannelMapping mapping)
    {
        if (found is null)
            return null;
        if (source.TryGetProperty("equals", out var yes))
            return found.ToString() == yes.ToString();
        if (source.TryGetProperty("date", out var form))
            return DateOnly.TryParseExact(found.ToString(), form.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : found.DeepClone();
        if (!source.TryGetProperty("table", out var name))
            return found.DeepClone();
        var table = mapping.Tables[name.GetString()!];
        return found is JsonArray list ? new JsonArray([.. list.Select(item => Named(item, table))]) : Named(found, table);
    }

    private static JsonNode? Named(JsonNode? code, Dictionary<string, string> table) =>
        code is not null && table.TryGetValue(code.ToString(), out var known) ? JsonValue.Create(known) : code?.DeepClone();

    private static void Put(JsonObject into, ReadOnlySpan<string> path, JsonNode value)
    {
        if (path.Length == 1)
        {
            into[path[0]] = value;
            return;
        }

        if (into[path[0]] is not JsonObject inner)
            into[path[0]] = inner = [];
        Put(inner, path[1..], value);
    }
}
