using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Parallel</c>: its activities all at once; it leaves when all of them have ended.</summary>
internal static class Together
{
    public const string Type = "Elsa.Parallel";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Begin(turn, frame, turn.NodeOf(frame).Activities);

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes)
    {
        if (!turn.Inside(frame.Ordinal).Any())
        {
            turn.Leave(frame, Activity.Done);
        }
    }

    /// <summary>Begins these activities inside a run; without any, it leaves at once.</summary>
    public static void Begin(Turn turn, Frame frame, IReadOnlyCollection<Node> activities)
    {
        if (activities.Count == 0)
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress() });
        foreach (var activity in activities)
        {
            turn.Enter(activity, frame.Ordinal);
        }
    }
}
