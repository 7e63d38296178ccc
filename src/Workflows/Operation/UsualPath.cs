using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage.Steps;

namespace Relief.Flow.Workflows.Operation;

/// <summary>How long it usually takes from a step to the end of a limit, along the outcomes by which steps are mostly left.</summary>
/// <remarks>
/// It never overstates: of branches that run at once the longest counts; of outcomes that were never seen the shortest does; a step that is not known well
/// takes no time, a container the longest thing in it, a loop one round. What usually turns back or leads elsewhere has no estimate.
/// </remarks>
internal sealed class UsualPath(Definition definition, PathwayLimit limit, IReadOnlyDictionary<string, StepTime> times)
{
    private readonly Dictionary<string, TimeSpan?> known = new(StringComparer.Ordinal);

    /// <summary>What follows a step; null when the limit's end does not.</summary>
    public TimeSpan? After(Node node)
    {
        if (node.Id == limit.Until)
            return TimeSpan.Zero;
        if (HoldsEnd(node))
            return null;
        if (node.Parent is not { } parent || !definition.Nodes.TryGetValue(parent, out var container))
            return limit.Until is null ? TimeSpan.Zero : null;

        return container.Type switch
        {
            Flowchart.Type => Along(container, node),
            Sequence.Type when container.Activities.SkipWhile(one => one.Id != node.Id).Skip(1).FirstOrDefault() is { } next => From(next),
            _ => After(container)
        };
    }

    /// <summary>What a step itself usually takes; zero when too little is known.</summary>
    public TimeSpan Usual(Node node)
    {
        if (times.GetValueOrDefault(node.Id)?.P50 is { } measured)
            return measured;

        var inside = node.Activities.Concat(node.Embedded.Values).Select(Usual);
        return node.Type == Sequence.Type ? inside.Aggregate(TimeSpan.Zero, (sum, span) => sum + span) : inside.DefaultIfEmpty(TimeSpan.Zero).Max();
    }

    private TimeSpan? From(Node node)
    {
        if (known.TryGetValue(node.Id, out var before))
            return before;

        // Whoever comes back here while it is being reckoned goes round in a circle.
        known[node.Id] = null;
        var usual = Usual(node);
        var path = node.Id == limit.Until || HoldsEnd(node) ? usual : usual + After(node);
        known[node.Id] = path;
        return path;
    }

    private TimeSpan? Along(Node container, Node node)
    {
        var lines = container.Connections.Where(line => line.Source == node.Id).ToLookup(line => line.Port, line => line.Target, StringComparer.Ordinal);
        if (lines.Count == 0)
            return After(container);
        if (times.GetValueOrDefault(node.Id)?.UsualOutcomes is not { Count: > 0 } usual)
            return lines.Select(Longest).Where(path => path is not null).Min();

        var targets = usual.SelectMany(port => lines[port]).ToArray();
        return targets.Length == 0 ? After(container) : Longest(targets);
    }

    private TimeSpan? Longest(IEnumerable<string> targets) =>
        targets.Select(target => definition.Nodes.TryGetValue(target, out var next) ? From(next) : null).Max();

    private bool HoldsEnd(Node node) =>
        limit.Until is { } until && node.Activities.Concat(node.Embedded.Values).Any(inside => inside.Id == until || HoldsEnd(inside));
}
