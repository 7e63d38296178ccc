using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.FlowSwitch</c>: leaves by the label of the first true case, or of all true cases (<c>MatchAny</c>), else by <c>Default</c>.</summary>
internal static class FlowSwitch
{
    public const string Type = "Elsa.FlowSwitch";
    public const string Otherwise = "Default";

    /// <remarks>The evaluated cases come as an array of <c>{ "label", "condition" }</c>.</remarks>
    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var cases = inputs.List("cases");
        string[] labels = [.. Matching(inputs).Select(at => cases[at].GetProperty("label").GetString()!)];
        turn.Leave(frame, labels.Length == 0 ? [Otherwise] : labels);
    }

    /// <summary>The positions of the cases that hold: the first one, or all of them (<c>MatchAny</c>).</summary>
    internal static int[] Matching(FrozenDictionary<string, JsonElement> inputs)
    {
        var holding = inputs.List("cases").Index().Where(one => one.Item.TryGetProperty("condition", out var condition) && Inputs.Truth(condition)).Select(one => one.Index);
        return [.. inputs.Text("mode") == "MatchAny" ? holding : holding.Take(1)];
    }
}
