using System.Text.Json;
using System.Text.Json.Serialization;
using Relief.Flow.Workflows;

namespace Relief.Flow.Host.Answers;

/// <summary>How the API writes JSON: as the engine does, with names of enumerations instead of numbers.</summary>
internal static class ApiJson
{
    /// <summary>For what is read or written apart from a request's own body.</summary>
    public static readonly JsonSerializerOptions Options = Made();

    public static void Configure(JsonSerializerOptions options)
    {
        options.Encoder = FlowJson.Options.Encoder;
        options.DefaultIgnoreCondition = FlowJson.Options.DefaultIgnoreCondition;
        foreach (var converter in FlowJson.Options.Converters)
            options.Converters.Add(converter);
        options.Converters.Add(new JsonStringEnumConverter());
    }

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
