using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.If</c>: runs <c>then</c> or <c>else</c>, and ends by the outcomes <c>Done</c> and <c>True</c> or <c>False</c>.</summary>
internal static class If
{
    public const string Type = "Elsa.If";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var truth = inputs.Truth("condition");
        turn.Output(frame, "result", JsonSerializer.SerializeToElement(truth));
        frame = turn.Instance.Find(frame.Ordinal)!;
        if (!turn.NodeOf(frame).Embedded.TryGetValue(truth ? "then" : "else", out var branch))
        {
            turn.Leave(frame, Activity.Done, truth.ToString());
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Index = truth ? 1 : 0 } });
        turn.Enter(branch, frame.Ordinal);
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) =>
        turn.Leave(frame, Activity.Done, (frame.Progress!.Index == 1).ToString());
}
