using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.ParallelForEach</c>: runs <c>body</c> for all items at the same time; leaves when all have ended.</summary>
/// <remarks>
/// Each branch has its own item, position, variables of its containers and outputs of its activities, also after a wait: in scripts, and in the
/// variable that <c>currentValue</c> is bound to.
/// </remarks>
internal static class ParallelForEach
{
    public const string Type = "Elsa.ParallelForEach";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var (node, items) = (turn.NodeOf(frame), inputs.List("items"));
        if (items.IsEmpty || !node.Embedded.TryGetValue("body", out var body))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress() });
        for (var index = 0; index < items.Length; index++)
        {
            var scope = Loops.Round(items[index], index);
            if (node.Outputs.TryGetValue("currentValue", out var value))
            {
                scope = scope.SetItem(value, items[index]);
            }

            if (node.Outputs.TryGetValue("currentIndex", out var position))
            {
                scope = scope.SetItem(position, scope[Loops.CurrentIndex]);
            }

            turn.Enter(body, frame.Ordinal, scope, isBranch: true);
        }
    }
}
