using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Complete</c>: ends the composite around it, else the whole instance, by the named outcomes; whatever else runs there is abandoned.</summary>
/// <remarks>A parent that waits for the instance leaves by the same outcomes.</remarks>
internal static class Complete
{
    public const string Type = "Elsa.Complete";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        ImmutableArray<string> outcomes = [.. inputs.List("outcomes").Select(outcome => outcome.ToString()).Where(outcome => outcome.Length > 0).Distinct()];
        var around = Surroundings.Outwards(turn.Instance, frame).Skip(1).FirstOrDefault(one => turn.NodeOf(one).Type == Composite.Type);
        turn.Vanish(frame);
        if (around is not null)
        {
            turn.BreakOff(around, outcomes.IsEmpty ? [Activity.Done] : outcomes);
            return;
        }

        turn.Instance = turn.Instance with { Outcomes = outcomes };
        turn.End(InstanceStatus.Finished, "Completed", new { outcomes });
    }
}
