using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.While</c>: runs <c>body</c> as long as the condition, evaluated anew before each round, is true.</summary>
internal static class While
{
    public const string Type = "Elsa.While";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        if (!inputs.Truth("condition") || !turn.NodeOf(frame).Embedded.TryGetValue("body", out var body))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Index = (frame.Progress?.Index ?? 0) + 1 } });
        turn.Enter(body, frame.Ordinal);
    }

    // Ready again, so that the condition is evaluated with the variables as they are now.
    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) => turn.Keep(frame with { State = FrameState.Ready });
}
