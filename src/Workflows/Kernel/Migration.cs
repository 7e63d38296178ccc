using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Takes an instance over to another version, as its <see cref="Crossing"/> says.</summary>
internal static class Migration
{
    /// <returns>False when the version is not stored any more; an instance that cannot go over is journaled as such, and stays as it is.</returns>
    public static bool Apply(Turn turn, GoOver over)
    {
        if (over.To is not { } to)
            return false;

        var from = turn.Definition;
        if (from.VersionId == to.VersionId)
            return true;

        var crossing = Crossing.Of(from, to, turn.Instance, over.Places);
        if (crossing.IsBlocked)
        {
            var stranded = crossing.Runs.Where(run => run.Fate == Fate.Stranded).Select(run => run.ActivityId);
            turn.Journal("MigrationRefused", 0, null, new { from = from.Version, to = to.Version, stranded, over.Reason, over.By });
            return true;
        }

        turn.Journal("Migrated", 0, null, new { from = from.Version, to = to.Version, placed = crossing.Runs.Where(run => run.To is not null).Select(run => new { run.ActivityId, run.To }), over.Reason, over.By });
        turn.Definition = to;
        Carry(turn, from, to);
        foreach (var run in crossing.Runs)
            Settle(turn, run);
        foreach (var frame in turn.Instance.Frames)
            Align(turn, frame);
        return true;
    }

    private static void Settle(Turn turn, RunFate run)
    {
        var frame = turn.Instance.Find(run.Ordinal)!;
        if (run.Fate == Fate.BeginsAgain)
            Mending.Restart(turn, frame);
        else if (run is { Fate: Fate.Placed, IsBranch: true })
            Flowchart.Place(turn, run.Ordinal, run.ActivityId, turn.Definition.Nodes[run.To!]);
        else if (run.Fate == Fate.Placed)
            Flowchart.Place(turn, frame, turn.Definition.Nodes[run.To!]);
    }

    // What a container remembers of its drawing: tokens on lines that are gone lead nowhere, and a sequence goes on behind the step where it is.
    private static void Align(Turn turn, Frame frame)
    {
        if (frame.Progress is not { } progress)
            return;

        var node = turn.NodeOf(frame);
        if (node.Type == Flowchart.Type && progress.Tokens.Any(token => !Crossing.Leads(node, token)))
            turn.Keep(frame with { Progress = progress with { Tokens = progress.Tokens.RemoveAll(token => !Crossing.Leads(node, token)) } });
        else if (node.Type == Sequence.Type && turn.Inside(frame.Ordinal).FirstOrDefault() is { } child)
            turn.Keep(frame with { Progress = progress with { Index = node.Activities.IndexOf(turn.NodeOf(child)) + 1 } });
    }

    // A variable that was drawn anew under its old name keeps its value.
    private static void Carry(Turn turn, Definition from, Definition to)
    {
        var values = turn.Instance.Variables;
        var renewed = to.VariablesById.Values.Where(variable => !from.VariablesById.ContainsKey(variable.Id))
            .DistinctBy(variable => variable.Name, StringComparer.Ordinal).ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        foreach (var gone in from.VariablesById.Values.Where(variable => !to.VariablesById.ContainsKey(variable.Id)))
        {
            if (renewed.TryGetValue(gone.Name, out var variable) && values.TryGetValue(gone.Id, out var value))
                values = values.SetItem(variable.Id, value);
        }

        turn.Instance = turn.Instance with { Variables = values };
    }
}
