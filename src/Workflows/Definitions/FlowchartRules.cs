using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Checks the drawing of one flowchart: where it starts, what is reached, and whether its lines and ports exist.</summary>
internal sealed class FlowchartRules(Func<string, ActivityShape?> shapes, ImmutableArray<Problem>.Builder problems)
{
    public const string Type = "Elsa.Flowchart";

    public void Check(Node flowchart, bool isRoot)
    {
        Lines(flowchart);
        Ports(flowchart);
        if (flowchart.Activities.IsEmpty && !isRoot)
            return;

        var starts = Starts(flowchart);
        if (starts.IsEmpty)
            problems.Add(new Problem("definition.noStart", $"It is not clear with which activity '{flowchart.DisplayText}' starts: leave exactly one without an incoming line, or mark the start.", null, flowchart.Id));
        else
            Reached(flowchart, starts);
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

        var entered = flowchart.Connections.Select(line => line.Target).ToHashSet(StringComparer.Ordinal);
        var open = flowchart.Activities.Where(child => !entered.Contains(child.Id)).ToImmutableArray();
        if (open.Length > 1)
            open = [.. open.Where(child => flowchart.Connections.Any(line => line.Source == child.Id))];

        return open.Length == 1 ? open : [];
    }

    private void Lines(Node flowchart)
    {
        var children = flowchart.Activities.Select(child => child.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var line in flowchart.Connections)
        {
            foreach (var end in new[] { line.Source, line.Target }.Where(end => !children.Contains(end)))
                problems.Add(new Problem("definition.unknownEndpoint", $"A line from '{line.Source}' to '{line.Target}' names the activity '{end}', which is not in this flowchart.", "connections", flowchart.Id));
        }
    }

    private void Ports(Node flowchart)
    {
        foreach (var child in flowchart.Activities)
        {
            if (shapes(child.Type) is not { } shape)
                continue;

            var ports = NodePorts.Of(child, shape);
            var used = flowchart.Connections.Where(line => line.Source == child.Id).Select(line => line.Port).ToHashSet(StringComparer.Ordinal);
            foreach (var port in used.Where(port => !ports.Contains(port) && !ports.Contains("*")))
                problems.Add(new Problem("definition.unknownPort", $"'{child.DisplayText}' has no outcome '{port}'; it has {string.Join(", ", ports)}.", "connections", child.Id));

            if (shape.Waits)
                Unconnected(child, ports, used);
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
            problems.Add(new Problem("definition.unconnectedOutcome", $"'{child.DisplayText}' waits, and nothing is drawn for its outcome '{port}'. Connect it, or list it in customProperties.ignoredOutcomes.", port, child.Id));
    }

    private void Reached(Node flowchart, ImmutableArray<Node> starts)
    {
        var reached = starts.Select(start => start.Id).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var source))
        {
            foreach (var line in flowchart.Connections.Where(line => line.Source == source && reached.Add(line.Target)))
                open.Enqueue(line.Target);
        }

        foreach (var child in flowchart.Activities.Where(child => !reached.Contains(child.Id)))
            problems.Add(new Problem("definition.unreachable", $"No line leads from the start to '{child.DisplayText}'.", null, child.Id));
    }
}
