using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Operation;

/// <summary>What a drawing allows an operator to choose from.</summary>
internal static class RepairChoices
{
    /// <summary>The outcomes by which a step may be left by hand: those that are drawn, and those that the author ignores.</summary>
    public static IReadOnlyList<string> Outcomes(Definition definition, Node node)
    {
        var drawn = Container(definition, node)?.Connections.Where(line => line.Source == node.Id).Select(line => line.Port) ?? [];
        var all = drawn.Concat(NodePorts.Ignored(node).Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToArray();
        return all.Length == 0 ? ["Done"] : all;
    }

    /// <summary>The steps that a token at this step may be taken to: those of its flowchart; none elsewhere.</summary>
    public static IReadOnlyList<Node> Steps(Definition definition, Node node) =>
        Container(definition, node) is { Type: Flowchart.Type } chart ? chart.Activities : [];

    private static Node? Container(Definition definition, Node node) => node.Parent is { } parent ? definition.Nodes.GetValueOrDefault(parent) : null;
}
