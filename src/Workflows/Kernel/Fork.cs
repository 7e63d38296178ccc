using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Fork</c>: its <c>branches</c> all at once; leaves when all have ended (<c>WaitAll</c>), or with the first (<c>WaitAny</c>), the others then being abandoned.</summary>
internal static class Fork
{
    public const string Type = "Elsa.Fork";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var node = turn.NodeOf(frame);
        Together.Begin(turn, frame, [.. node.Embedded.Where(child => child.Key.StartsWith("branches[", StringComparison.Ordinal)).OrderBy(child => Position(child.Key)).Select(child => child.Value)]);
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes)
    {
        if (ModeOf(turn.NodeOf(frame)) == "WaitAny" || !turn.Inside(frame.Ordinal).Any())
        {
            turn.BreakOff(frame, Activity.Done);
        }
    }

    // A plain member in the format; a wrapped one is taken too.
    private static string? ModeOf(Node node) =>
        node.Members.TryGetValue("joinMode", out var plain) ? plain.ToString() : node.Inputs.TryGetValue("joinMode", out var input) ? input.Value.ToString() : null;

    private static int Position(string member) => int.Parse(member.AsSpan("branches[".Length).TrimEnd(']'), CultureInfo.InvariantCulture);
}
