namespace Relief.Flow.Workflows.Definitions;

/// <summary>The lines of one flowchart by where they begin: looked up once for each activity, not searched for.</summary>
internal sealed class FlowLines(Node flowchart)
{
    private readonly ILookup<string, Connection> _from = flowchart.Connections.ToLookup(line => line.Source, StringComparer.Ordinal);

    public IEnumerable<Connection> From(string source) => _from[source];

    /// <summary>These activities and everything that lines lead to from them.</summary>
    public HashSet<string> Reach(IEnumerable<string> starts)
    {
        var reached = starts.ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var source))
        {
            foreach (var line in _from[source].Where(line => reached.Add(line.Target)))
                open.Enqueue(line.Target);
        }

        return reached;
    }
}
