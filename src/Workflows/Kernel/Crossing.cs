using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What becomes of a run when its instance goes over to another version.</summary>
public enum Fate
{
    /// <summary>It goes on as it stands; what it waits for and was given stays.</summary>
    Stays,

    /// <summary>The step is of another kind now: it begins again.</summary>
    BeginsAgain,

    /// <summary>It goes on at the step that was chosen for it.</summary>
    Placed,

    /// <summary>The other version has no such step at this place, and none was chosen: the instance cannot go over.</summary>
    Stranded
}

/// <summary>What becomes of one run, or of a branch that waits at a join.</summary>
/// <param name="Ordinal">The run; for a branch that of its flowchart.</param>
/// <param name="To">The step where it goes on; null when it stays or is stranded.</param>
/// <param name="IsBranch">True for a branch that has arrived at a join and waits for others.</param>
public sealed record RunFate(long Ordinal, string ActivityId, Fate Fate, string? To = null, bool IsBranch = false);

/// <summary>What going over from one version to another would do to one instance: computed, never guessed, and the same when it is carried out.</summary>
public sealed record Crossing
{
    /// <summary>The innermost runs and waiting branches that decide; containers that stay are not named.</summary>
    public required ImmutableArray<RunFate> Runs { get; init; }

    /// <summary>Ids of variables that hold a value and are of another type there: the value is kept as it is.</summary>
    public required ImmutableArray<string> OtherTypes { get; init; }

    /// <summary>Joins where a branch waits, and would wait for lines that are new as well.</summary>
    public required ImmutableArray<string> MoreAwaited { get; init; }

    public bool IsBlocked => Runs.Any(run => run.Fate == Fate.Stranded);

    /// <summary>True when nothing of the instance changes but the version that it runs on: then going back restores it exactly, as long as it has not moved on.</summary>
    public bool IsAsItIs => Runs.All(run => run.Fate == Fate.Stays);

    /// <param name="places">Where runs at a step go on: the step of the old version, and one of the same flowchart in the new one.</param>
    public static Crossing Of(Definition from, Definition to, Instance instance, IReadOnlyDictionary<string, string> places)
    {
        var runs = ImmutableArray.CreateBuilder<RunFate>();
        HashSet<string> awaited = new(StringComparer.Ordinal);
        foreach (var root in instance.Frames.Where(frame => frame.Parent is null))
            Walk(new Sides(from, to, instance, places), root, runs, awaited);

        return new Crossing
        {
            Runs = runs.ToImmutable(),
            OtherTypes = [.. instance.Variables.Keys.Where(id => IsOfOtherType(from.VariablesById.GetValueOrDefault(id), to.VariablesById.GetValueOrDefault(id))).Order(StringComparer.Ordinal)],
            MoreAwaited = [.. awaited.Order(StringComparer.Ordinal)]
        };
    }

    private static void Walk(Sides sides, Frame frame, ImmutableArray<RunFate>.Builder runs, HashSet<string> awaited)
    {
        var fate = FateOf(sides, frame);
        var inside = sides.Instance.Frames.Where(child => child.Parent == frame.Ordinal).ToArray();
        if (fate.Fate != Fate.Stays || (inside.Length == 0 && frame.State != FrameState.Open))
        {
            runs.Add(fate);
            return;
        }

        foreach (var child in inside)
            Walk(sides, child, runs, awaited);
        if (sides.To.Nodes[frame.ActivityId] is { Type: Flowchart.Type } flowchart)
            Branches(sides, (frame, flowchart), [.. inside.Select(child => child.ActivityId)], runs, awaited);
    }

    private static RunFate FateOf(Sides sides, Frame frame)
    {
        var id = frame.ActivityId;
        if (sides.Places.TryGetValue(id, out var place))
            return new RunFate(frame.Ordinal, id, sides.Holds(frame.Parent, place) ? Fate.Placed : Fate.Stranded, place);
        if (sides.To.Nodes.GetValueOrDefault(id) is not { } there || sides.From.Nodes[id] is not { } here || there.Parent != here.Parent)
            return new RunFate(frame.Ordinal, id, Fate.Stranded);

        return there.Type == here.Type && there.Version == here.Version
            ? new RunFate(frame.Ordinal, id, Fate.Stays)
            : new RunFate(frame.Ordinal, id, Fate.BeginsAgain, id);
    }

    // A token before a step that is at work is used up with it; one that waits alone is a branch at a join.
    private static void Branches(Sides sides, (Frame Run, Node There) flowchart, HashSet<string> atWork, ImmutableArray<RunFate>.Builder runs, HashSet<string> awaited)
    {
        foreach (var target in (flowchart.Run.Progress?.Tokens ?? []).Where(token => !token.Blocked && !atWork.Contains(token.To)).GroupBy(token => token.To, StringComparer.Ordinal))
        {
            if (sides.Places.TryGetValue(target.Key, out var place))
                runs.Add(new RunFate(flowchart.Run.Ordinal, target.Key, sides.Holds(flowchart.Run.Ordinal, place) ? Fate.Placed : Fate.Stranded, place, IsBranch: true));
            else if (!target.All(token => Leads(flowchart.There, token)))
                runs.Add(new RunFate(flowchart.Run.Ordinal, target.Key, Fate.Stranded, IsBranch: true));
            else if (LinesTo(flowchart.There, target.Key).Except(LinesTo(sides.From.Nodes[flowchart.Run.ActivityId], target.Key)).Any())
                awaited.Add(target.Key);
        }
    }

    /// <summary>Whether a flowchart has the line on which a token lies.</summary>
    internal static bool Leads(Node flowchart, Token token) => flowchart.From(token.From, token.Port).Any(line => line.Target == token.To);

    private static IEnumerable<Connection> LinesTo(Node flowchart, string target) => flowchart.Connections.Where(line => line.Target == target);

    private static bool IsOfOtherType(Variable? here, Variable? there) => here is not null && there is not null && (here.TypeName != there.TypeName || here.IsArray != there.IsArray);

    private sealed record Sides(Definition From, Definition To, Instance Instance, IReadOnlyDictionary<string, string> Places)
    {
        /// <summary>Whether the flowchart of a run, as it will be, has this step.</summary>
        public bool Holds(long? container, string step) =>
            container is { } ordinal && Instance.Find(ordinal) is { } run && To.Nodes.GetValueOrDefault(run.ActivityId) is { Type: Flowchart.Type } flowchart
            && flowchart.Activities.Any(node => node.Id == step);
    }
}
