using System.Text.Json;

namespace Relief.Flow.Workflows.Operation;

/// <summary>What an order needs beside its target, as it is stored.</summary>
internal sealed record RepairArguments(string? To, Dictionary<string, JsonElement>? Values)
{
    public static RepairArguments Read(string? text) => text is null ? new RepairArguments(null, null) : JsonSerializer.Deserialize<RepairArguments>(text, FlowJson.Options)!;

    public override string ToString() => JsonSerializer.Serialize(this, FlowJson.Options);
}
