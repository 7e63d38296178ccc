using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowNode</c>: runs its <c>body</c>; without one it is passed through. Leaves by <c>Done</c>.</summary>
internal static class FlowBody
{
    public const string Type = "Elsa.FlowNode";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Run(turn, frame, "body");

    /// <summary>Runs the one activity drawn in a member; without it the run leaves at once.</summary>
    public static void Run(Turn turn, Frame frame, string member) =>
        Together.Begin(turn, frame, turn.NodeOf(frame).Embedded.TryGetValue(member, out var child) ? [child] : []);
}
