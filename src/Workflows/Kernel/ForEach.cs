using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.ForEach</c>: runs <c>body</c> once for each item, in order; the item is the output <c>currentValue</c> and the variable <c>CurrentValue</c>.</summary>
internal static class ForEach
{
    public const string Type = "Elsa.ForEach";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Next(turn, frame, inputs.List("items"), 0);

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) =>
        Next(turn, frame, frame.Progress!.Items, frame.Progress.Index);

    private static void Next(Turn turn, Frame frame, ImmutableArray<JsonElement> items, int index)
    {
        if (index >= items.Length || !turn.NodeOf(frame).Embedded.TryGetValue("body", out var body))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Items = items, Index = index + 1 } });
        turn.Output(frame, "currentValue", items[index]);
        turn.Enter(body, frame.Ordinal, Loops.Round(items[index], index));
    }
}
