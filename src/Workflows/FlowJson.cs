using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relief.Flow.Workflows;

/// <summary>How the engine writes JSON everywhere: camel case, Chinese as it is, an undefined value as null.</summary>
public static class FlowJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new UndefinedAsNull() }
    };

    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    public static T? To<T>(JsonElement value) where T : class =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value.Deserialize<T>(Options);

    /// <summary>Writes an undefined element as null, where the serializer would throw.</summary>
    internal sealed class UndefinedAsNull : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }
    }
}
