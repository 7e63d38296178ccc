using System.Collections.Frozen;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.For</c>: runs <c>body</c> for the numbers from <c>start</c> to <c>end</c>, upwards or downwards; the number is the output <c>currentValue</c> and the variable <c>CurrentValue</c>.</summary>
/// <remarks>The bounds are taken when it is entered. <c>end</c> belongs to them unless <c>outerBoundInclusive</c> is false.</remarks>
internal static class For
{
    public const string Type = "Elsa.For";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        if (inputs.Whole("start", 0) is not { } start || inputs.Whole("end", 0) is not { } end || inputs.Whole("step", 1) is not { } step || step <= 0)
        {
            Incidents.Raise(turn, frame, new Faulted("for.bounds", "Start and end must be whole numbers, and the step one above zero.") { MayRetry = false });
            return;
        }

        var distance = Math.Abs((decimal)end - start);
        var isInclusive = !inputs.ContainsKey("outerBoundInclusive") || inputs.Text("outerBoundInclusive") is null or "" || inputs.Truth("outerBoundInclusive");
        var count = isInclusive ? decimal.Floor(distance / step) + 1 : decimal.Ceiling(distance / step);
        Next(turn, frame, new Steps(start, end >= start ? step : -step, (long)decimal.Min(count, long.MaxValue)), 0);
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) => Next(turn, frame, frame.Progress!.Steps!, frame.Progress.Index);

    private static void Next(Turn turn, Frame frame, Steps steps, int index)
    {
        if (index >= steps.Count || !turn.NodeOf(frame).Embedded.TryGetValue("body", out var body))
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        var value = JsonSerializer.SerializeToElement(steps.First + (index * steps.By));
        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress { Steps = steps, Index = index + 1 } });
        turn.Output(frame, "currentValue", value);
        turn.Enter(body, frame.Ordinal, Loops.Round(value, index));
    }
}
