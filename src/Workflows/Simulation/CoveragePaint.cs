using System.Collections.Immutable;
using System.Globalization;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Drawing;

namespace Relief.Flow.Workflows.Simulation;

/// <summary>Paints what a simulation reached over the drawing.</summary>
public static class CoveragePaint
{
    /// <param name="word">The texts <c>mark.*</c> and <c>diagram.simulated</c>.</param>
    public static DiagramPaint Of(Definition definition, SimulationResult result, Func<string, string> word) => new()
    {
        Activities = definition.Nodes.Values.Where(node => node.Parent is not null).ToImmutableDictionary(
            node => node.Id, node => MarkOf(result.Activities.FirstOrDefault(one => one.ActivityId == node.Id), word)),
        Lines = result.Lines.GroupBy(line => new Connection(line.Source, line.Port, line.Target)).ToImmutableDictionary(
            line => line.Key, line => line.First() is { Passed: > 0 } passed ? new Mark(MarkKind.Reached, Percent(passed.Share), Math.Min(passed.Share, 1)) : new Mark(MarkKind.Never)),
        Caption = Words(word, "diagram.simulated", result.Cases)
    };

    private static Mark MarkOf(ActivityFigures? figures, Func<string, string> word) => figures switch
    {
        null or { Runs: 0 } => new Mark(MarkKind.Never, word("mark.Never")),
        { Standing: > 0 } => new Mark(MarkKind.Stuck, Words(word, "mark.stuckHere", figures.Standing), figures.Share),
        _ => new Mark(MarkKind.Reached, Percent(figures.Share), figures.Share, Words(word, "mark.times", figures.Cases, figures.Runs))
    };

    private static string Words(Func<string, string> word, string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, word(key), values);

    private static string Percent(double share) => share.ToString(share is > 0 and < 0.1 ? "0.0%" : "0%", CultureInfo.InvariantCulture);
}
