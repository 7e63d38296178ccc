using System.Text.Json.Serialization;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>How the instance's record is written, made when the engine is compiled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(FlowJson.UndefinedAsNull)])]
[JsonSerializable(typeof(Instance))]
internal sealed partial class InstanceJson : JsonSerializerContext;
