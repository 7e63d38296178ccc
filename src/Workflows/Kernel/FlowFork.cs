using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowFork</c>: leaves by all its branches at once; without branches by <c>Done</c>.</summary>
internal static class FlowFork
{
    public const string Type = "Elsa.FlowFork";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var branches = inputs.List("branches").Select(branch => branch.ToString()).Distinct().ToArray();
        turn.Leave(frame, branches.Length == 0 ? [Activity.Done] : branches);
    }
}
