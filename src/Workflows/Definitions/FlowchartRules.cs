using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Checks the drawing of one flowchart: where it starts, what is reached, and whether its lines and ports exist.</summary>
internal sealed class FlowchartRules(Func<string, ActivityShape?> shapes, ImmutableArray<Problem>.Builder problems)
{
    public const string Type = "Elsa.Flowchart";

    public void Check(Node flowchart, bool isRoot)
    {
        var lines = new FlowLines(flowchart);
        Lines(flowchart);
        Ports(flowchart, lines);
        if (flowchart.Activities.IsEmpty && !isRoot)
            return;

        var starts = Starts(flowchart);
        if (starts.IsEmpty)
            problems.Add(new Problem("definition.noStart", $"It is not clear with which activity '{flowchart.DisplayText}' starts: leave exactly one without an incoming line, or mark the start.", null, flowchart.Id).Told([flowchart.DisplayText]));
        else
            Reached(flowchart, starts, lines);
    }

    /// <summary>The activities with which it may start; empty when that is not clear.</summary>
    /// <remarks>Never by the order of the file: the designer changes it. A single activity drawn aside does not count as a second start.</remarks>
    public static ImmutableArray<Node> Starts(Node flowchart)
    {
        var marked = flowchart.Activities.Where(child => child.CanStartWorkflow || child.Id == flowchart.Start).ToImmutableArray();
        if (flowchart.Start is { } named && marked.All(child => child.Id != named))
            return [];

        if (!marked.IsEmpty)
            return marked;

        var begin = flowchart.Activities.Where(child => child.Type == "Elsa.Start").ToImmutableArray();
        if (begin.Length == 1)
            return begin;

        var entered = flowchart.Connections.Select(line => line.Target).ToHashSet(StringComparer.Ordinal);
        var open = flowchart.Activities.Where(child => !entered.Contains(child.Id)).ToImmutableArray();
        if (open.Length > 1)
        {
            var left = flowchart.Connections.Select(line => line.Source).ToHashSet(StringComparer.Ordinal);
            open = [.. open.Where(child => left.Contains(child.Id))];
        }

        return open.Length == 1 ? open : [];
    }

    private void Lines(Node flowchart)
    {
        var children = flowchart.Activities.Select(child => child.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var line in flowchart.Connections)
        {
            foreach (var end in new[] { line.Source, line.Target }.Where(end => !children.Contains(end)))
                problems.Add(new Problem("definition.unknownEndpoint", $"A line from '{line.Source}' to '{line.Target}' names the activity '{end}', which is not in this flowchart.", "connections", flowchart.Id).Told([line.Source, line.Target, end]));
        }
    }

    private void Ports(Node flowchart, FlowLines lines)
    {
        foreach (var child in flowchart.Activities)
        {
            if (shapes(child.Type) is not { } shape)
                continue;

            var ports = NodePorts.Of(child, shape);
            var used = lines.From(child.Id).Select(line => line.Port).ToHashSet(StringComparer.Ordinal);
            foreach (var port in used.Where(port => !ports.Contains(port) && !ports.Contains("*")))
                problems.Add(new Problem("definition.unknownPort", $"'{child.DisplayText}' has no outcome '{port}'; it has {string.Join(", ", ports)}.", "connections", child.Id).Told([child.DisplayText, port, string.Join(", ", ports)]));

            if (shape.Waits)
                Unconnected(child, [.. ports.Where(port => !shape.Optional.Contains(port))], used);
        }
    }

    // Whoever waits gets one of its outcomes some day; if nobody drew what follows, the instance would just end. An activity that can only be
    // Done may be the last one.
    private void Unconnected(Node child, ImmutableArray<string> ports, HashSet<string> used)
    {
        if (ports is ["Done"])
            return;

        var ignored = NodePorts.Ignored(child);
        foreach (var port in ports.Where(port => port != "*" && !used.Contains(port) && !ignored.Contains(port)))
            problems.Add(new Problem("definition.unconnectedOutcome", $"'{child.DisplayText}' waits, and nothing is drawn for its outcome '{port}'. Connect it, or list it in customProperties.ignoredOutcomes.", port, child.Id).Told([child.DisplayText, port]));
    }

    private void Reached(Node flowchart, ImmutableArray<Node> starts, FlowLines lines)
    {
        var reached = lines.Reach(starts.Select(start => start.Id));
        foreach (var child in flowchart.Activities.Where(child => !reached.Contains(child.Id)))
            problems.Add(new Problem("definition.unreachable", $"No line leads from the start to '{child.DisplayText}'.", null, child.Id).Told([child.DisplayText]));
    }
}
