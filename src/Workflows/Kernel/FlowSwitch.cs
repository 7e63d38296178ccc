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
        var labels = inputs.List("cases").Where(IsTrue).Select(one => one.GetProperty("label").GetString()!).ToList();
        if (labels.Count > 1 && inputs.Text("mode") != "MatchAny")
        {
            labels.RemoveRange(1, labels.Count - 1);
        }

        turn.Leave(frame, labels.Count == 0 ? [Otherwise] : labels);
    }

    internal static bool IsTrue(JsonElement one) => one.TryGetProperty("condition", out var condition) && Inputs.Truth(condition);
}
