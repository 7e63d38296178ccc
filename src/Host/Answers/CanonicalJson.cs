using System.Text.Json;

namespace Relief.Flow.Host.Answers;

/// <summary>The same bytes for the same JSON value, whatever its spacing and the order of its members.</summary>
internal static class CanonicalJson
{
    /// <summary>The canonical form; bytes that are no JSON stand for themselves.</summary>
    public static byte[] Of(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                Write(writer, document.RootElement);
            return stream.ToArray();
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
