using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowJoin</c>: begins when its mode says so (<see cref="Joins"/>), then leaves by <c>Done</c>.</summary>
internal static class FlowJoin
{
    public const string Type = "Elsa.FlowJoin";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => turn.Leave(frame, Activity.Done);

    /// <summary>The join's mode as it is drawn; a join's mode is a literal, since it shapes the diagram.</summary>
    public static string? ModeOf(Node node) =>
        node.Inputs.TryGetValue("mode", out var mode) && mode.Value.ValueKind == JsonValueKind.String ? mode.Value.GetString() : null;
}
