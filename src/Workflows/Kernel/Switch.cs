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
        var matching = inputs.List("cases").Select((one, index) => (one, index)).Where(entry => FlowSwitch.IsTrue(entry.one)).Select(entry => $"cases[{entry.index}]").ToList();
        if (matching.Count > 1 && inputs.Text("mode") != "MatchAny")
        {
            matching.RemoveRange(1, matching.Count - 1);
        }

        string[] members = matching.Count == 0 ? ["default"] : [.. matching];
        Together.Begin(turn, frame, [.. members.Select(member => node.Embedded.GetValueOrDefault(member)).OfType<Node>()]);
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) => Together.ChildLeft(turn, frame, child, outcomes);
}
