using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Finds approvals that those may give who established the facts before them (INV-09).</summary>
/// <remarks>An approval that looks up the investigators itself is safe; another must be told whom to exclude, by one of its inputs.</remarks>
internal sealed class SeparationRule(Func<string, ActivityShape?> shapes, ImmutableArray<Problem>.Builder problems)
{
    private static readonly string[] Excluding = ["excluded", "exclude", "excludeUsers", "earlier"];

    public void Check(Definition definition)
    {
        if (definition.Nodes.Values.Any(node => shapes(node.Type) is { Investigates: true }))
            Walk(definition.Root, isAfter: false);
    }

    /// <summary>Walks an activity; true when facts have been established once it has ended.</summary>
    private bool Walk(Node node, bool isAfter)
    {
        var shape = shapes(node.Type);
        if (isAfter && shape is { Approves: true, ExcludesInvestigators: false } && !Excluding.Any(node.Inputs.ContainsKey))
            problems.Add(new Problem("definition.reviewerIsSurveyor", $"'{node.DisplayText}' approves what was surveyed before it, and does not exclude those who surveyed.", null, node.Id).Told([node.DisplayText]));

        var after = isAfter || shape is { Investigates: true };
        after |= node.Type == FlowchartRules.Type ? Flowchart(node, after) : Sequence(node.Activities, after);
        return Sequence(node.Embedded.Values, after) || after;
    }

    private bool Sequence(IEnumerable<Node> children, bool isAfter) => children.Aggregate(isAfter, (after, child) => Walk(child, after) || after);

    private bool Flowchart(Node flowchart, bool isAfter)
    {
        var lines = new FlowLines(flowchart);
        var surveys = flowchart.Activities.Where(Investigates).Select(child => child.Id).ToArray();
        var reached = lines.Reach(surveys.SelectMany(survey => lines.From(survey)).Select(line => line.Target));
        foreach (var child in flowchart.Activities)
            Walk(child, isAfter || reached.Contains(child.Id));
        return isAfter || surveys.Length > 0;
    }

    private bool Investigates(Node node) =>
        shapes(node.Type) is { Investigates: true } || node.Activities.Any(Investigates) || node.Embedded.Values.Any(Investigates);
}
