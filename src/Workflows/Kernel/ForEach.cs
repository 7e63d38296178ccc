using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.ForEach</c>: runs <c>body</c> once for each item, in order; the item is the output <c>currentValue</c> and the variable <c>CurrentValue</c>.</summary>
internal static class ForEach
{
    public const string Type = "Elsa.ForEach";

    /// <summary>The name under which the body sees the item.</summary>
    public const string CurrentValue = "CurrentValue";

    /// <summary>The name under which the body sees the item's position, from 0.</summary>
    public const string CurrentIndex = "CurrentIndex";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs) => Next(turn, frame, inputs.List("items"), 0);

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) =>
        Next(turn, frame, frame.Progress!.Items, frame.Progress.Index);

    private static void Next(Turn turn, Frame frame, ImmutableArray<JsonElement> items, int index)
    {
        var node = turn.NodeOf(frame);
        if (index >= items.Length || !node.Embedded.TryGetValue("body", out var body))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Output(node, "currentValue", items[index]);
        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Items = items, Index = index + 1 } });
        turn.Enter(body, frame.Ordinal);
    }
}
