using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowDecision</c>: leaves by <c>True</c> or <c>False</c>.</summary>
internal static class FlowDecision
{
    public const string Type = "Elsa.FlowDecision";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) =>
        turn.Leave(frame, inputs.Truth("condition").ToString());
}
