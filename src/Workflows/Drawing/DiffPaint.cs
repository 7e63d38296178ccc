using System.Collections.Frozen;
using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Drawing;

/// <summary>Shows a comparison in one drawing: the newer version with what was taken out of it still there, marked as removed.</summary>
public static class DiffPaint
{
    /// <param name="word">The texts of <c>mark.*</c>.</param>
    public static (Definition Definition, DiagramPaint Paint) Of(Definition from, Definition to, Func<string, string> word)
    {
        var diff = DefinitionComparison.Of(from, to);
        var marks = diff.Activities.ToImmutableDictionary(change => change.ActivityId, change => MarkOf(change, word));
        var lines = diff.Lines.GroupBy(line => new Connection(line.Source, line.Port, line.Target))
            .ToImmutableDictionary(line => line.Key, line => new Mark(line.First().Change == ChangeKind.Added ? MarkKind.Added : MarkKind.Removed));
        var root = Merge(to.Root, from, to);
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        Collect(root, nodes);
        return (to with { Root = root, Nodes = nodes.ToFrozenDictionary(StringComparer.Ordinal) }, new DiagramPaint { Activities = marks, Lines = lines });
    }

    private static Mark MarkOf(ActivityChange change, Func<string, string> word)
    {
        var kind = change.Change switch
        {
            ChangeKind.Added => MarkKind.Added,
            ChangeKind.Removed => MarkKind.Removed,
            ChangeKind.Moved => MarkKind.Moved,
            _ => MarkKind.Changed
        };
        return new Mark(kind, word("mark." + kind), 0, change.Members.IsEmpty ? null : string.Join(", ", change.Members.Select(member => member.Member)));
    }

    // A removed activity comes back into its old container; when that is gone too, it shows inside the outermost one that is.
    private static Node Merge(Node node, Definition from, Definition to)
    {
        var children = node.Activities.Select(child => Merge(child, from, to));
        var embedded = node.Embedded.ToFrozenDictionary(child => child.Key, child => Merge(child.Value, from, to), StringComparer.Ordinal);
        if (!from.Nodes.TryGetValue(node.Id, out var before))
            return node with { Activities = [.. children], Embedded = embedded };

        var gone = before.Activities.Where(child => !to.Nodes.ContainsKey(child.Id)).ToList();
        var lost = before.Embedded.Where(child => !embedded.ContainsKey(child.Key) && !to.Nodes.ContainsKey(child.Value.Id));
        return node with
        {
            Activities = [.. children, .. gone],
            Connections = [.. node.Connections.Union(before.Connections)],
            Embedded = embedded.Concat(lost).ToFrozenDictionary(StringComparer.Ordinal)
        };
    }

    private static void Collect(Node node, Dictionary<string, Node> nodes)
    {
        nodes.TryAdd(node.Id, node);
        foreach (var child in node.Activities.Concat(node.Embedded.Values))
            Collect(child, nodes);
    }
}
