using System.Text.Json;
using System.Text.Json.Serialization;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Reads what people and applications send with a decision or an event.</summary>
public static class FormData
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() }
    };

    /// <summary>The form of a decision as a record; null when it has another shape, which is the sender's mistake and no incident.</summary>
    public static T? Form<T>(this TaskDecision decision) where T : class => Read<T>(decision.Data);

    /// <summary>A value as a record; null when it has another shape.</summary>
    public static T? Read<T>(JsonElement data) where T : class
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object ? data.Deserialize<T>(Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
