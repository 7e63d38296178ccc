using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Break</c>: leaves the innermost loop by <c>Done</c>; whatever still runs in it is abandoned, other branches of a parallel loop too.</summary>
internal static class Break
{
    public const string Type = "Elsa.Break";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        if (Loops.Around(turn, frame) is not { } loop)
        {
            Incidents.Raise(turn, frame, new Faulted("break.noLoop", "There is no loop around it that could be left.") { MayRetry = false });
            return;
        }

        turn.Vanish(frame);
        turn.BreakOff(loop, Activity.Done);
    }
}
