using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Sequence</c>: its activities one after the other, in the file's order.</summary>
internal static class Sequence
{
    public const string Type = "Elsa.Sequence";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Next(turn, frame, 0);

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) => Next(turn, frame, frame.Progress!.Index);

    private static void Next(Turn turn, Frame frame, int index)
    {
        var activities = turn.NodeOf(frame).Activities;
        if (index >= activities.Length)
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Index = index + 1 } });
        turn.Enter(activities[index], frame.Ordinal);
    }
}
