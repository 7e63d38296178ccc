using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>The lines of one flowchart as look-ups, computed once per drawn flowchart.</summary>
internal sealed class FlowGraph
{
    // Derived from an immutable node and held only as long as it: a memo, not state.
    private static readonly ConditionalWeakTable<Node, FlowGraph> Memo = [];

    private readonly HashSet<Connection> _backward = [];

    private FlowGraph(Node flowchart)
    {
        Nodes = flowchart.Activities.ToFrozenDictionary(node => node.Id);
        var lines = flowchart.Connections.Where(line => Nodes.ContainsKey(line.Source) && Nodes.ContainsKey(line.Target)).Distinct().ToArray();
        Outgoing = lines.GroupBy(line => line.Source).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        Incoming = lines.GroupBy(line => line.Target).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        Ports = Outgoing.ToFrozenDictionary(pair => pair.Key, pair => (IReadOnlySet<string>)pair.Value.Select(line => line.Port).ToFrozenSet());
        Start = StartOf(flowchart);
        FindLoops(flowchart);
    }

    public FrozenDictionary<string, Node> Nodes { get; }

    public FrozenDictionary<string, ImmutableArray<Connection>> Outgoing { get; }

    public FrozenDictionary<string, ImmutableArray<Connection>> Incoming { get; }

    /// <summary>The outcomes of each activity that lead on.</summary>
    public FrozenDictionary<string, IReadOnlySet<string>> Ports { get; }

    /// <summary>The first activity; null for an empty flowchart. Never derived from the order of the file: the designer changes it.</summary>
    public Node? Start { get; }

    /// <summary>The outcomes of an activity that lead on in the flowchart that holds it; empty elsewhere.</summary>
    public static IReadOnlySet<string> PortsOf(Definition definition, Node node) =>
        node.Parent is { } parent && definition.Nodes.TryGetValue(parent, out var flowchart) && Of(flowchart).Ports.TryGetValue(node.Id, out var ports)
            ? ports
            : FrozenSet<string>.Empty;

    public static FlowGraph Of(Node flowchart) => Memo.GetValue(flowchart, node => new FlowGraph(node));

    public IEnumerable<Connection> From(string source, IReadOnlyList<string> ports) =>
        Outgoing.TryGetValue(source, out var lines) ? lines.Where(line => ports.Contains(line.Port)) : [];

    public IEnumerable<Connection> To(string target, bool withLoops = false) =>
        Incoming.TryGetValue(target, out var lines) ? lines.Where(line => withLoops || !_backward.Contains(line)) : [];

    /// <summary>Everything from which a node can be reached without going through a loop line.</summary>
    public HashSet<string> Ancestors(string target)
    {
        HashSet<string> found = [];
        Stack<string> open = new([target]);
        while (open.TryPop(out var id))
        {
            foreach (var line in To(id))
            {
                if (line.Source != target && found.Add(line.Source))
                {
                    open.Push(line.Source);
                }
            }
        }

        return found;
    }

    // Where the drawing leaves it open, which publishing refuses, the least id decides.
    private Node? StartOf(Node flowchart)
    {
        if (flowchart.Start is { } named && Nodes.TryGetValue(named, out var start))
        {
            return start;
        }

        var byId = flowchart.Activities.OrderBy(node => node.Id, StringComparer.Ordinal).ToArray();
        return FlowchartRules.Starts(flowchart).MinBy(node => node.Id, StringComparer.Ordinal)
            ?? byId.FirstOrDefault(node => !Incoming.ContainsKey(node.Id))
            ?? byId.FirstOrDefault();
    }

    // A line is a loop when its target lies on the path by which its source was first reached (iterative depth-first search).
    private void FindLoops(Node flowchart)
    {
        HashSet<string> done = [];
        foreach (var root in flowchart.Activities.OrderBy(node => node != Start).ThenBy(node => node.Id, StringComparer.Ordinal))
        {
            HashSet<string> path = [];
            Stack<(string Id, bool Leaving)> open = new([(root.Id, false)]);
            while (open.TryPop(out var visit))
            {
                if (visit.Leaving)
                {
                    path.Remove(visit.Id);
                    continue;
                }

                if (!done.Add(visit.Id))
                {
                    continue;
                }

                path.Add(visit.Id);
                open.Push((visit.Id, true));
                foreach (var line in Outgoing.GetValueOrDefault(visit.Id, []).OrderByDescending(line => line.Target, StringComparer.Ordinal))
                {
                    if (path.Contains(line.Target))
                    {
                        _backward.Add(line);
                    }
                    else if (!done.Contains(line.Target))
                    {
                        open.Push((line.Target, false));
                    }
                }
            }
        }
    }
}
