using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowNode</c>: runs its <c>body</c>; without one it is passed through. Leaves by <c>Done</c>.</summary>
internal static class FlowBody
{
    public const string Type = "Elsa.FlowNode";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Run(turn, frame, "body");

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) => turn.Leave(frame, Activity.Done);

    /// <summary>Runs the one activity drawn in a member; without it the run leaves at once.</summary>
    public static void Run(Turn turn, Frame frame, string member)
    {
        if (!turn.NodeOf(frame).Embedded.TryGetValue(member, out var child))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress() });
        turn.Enter(child, frame.Ordinal);
    }
}
