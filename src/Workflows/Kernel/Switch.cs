using System.Collections.Frozen;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Switch</c>: runs the activity of the first true case, or of all true cases (<c>MatchAny</c>), else the one in <c>default</c>; then leaves by <c>Done</c>.</summary>
internal static class Switch
{
    public const string Type = "Elsa.Switch";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var node = turn.NodeOf(frame);
        var matching = FlowSwitch.Matching(inputs);
        string[] members = matching.Length == 0 ? ["default"] : [.. matching.Select(at => $"cases[{at}]")];
        Together.Begin(turn, frame, [.. members.Select(member => node.Embedded.GetValueOrDefault(member)).OfType<Node>()]);
    }
}
