using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Finds activities that move money and can be reached without anyone's approval.</summary>
/// <remarks>
/// A branch counts as a path of its own also before a join that waits for all: what is approved in one branch does not cover another.
/// What an approval answers is not looked at: that its refusal leads elsewhere is drawn, and seen.
/// </remarks>
internal sealed class MoneyRule(Func<string, ActivityShape?> shapes, ImmutableArray<Problem>.Builder problems)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <summary>Walks <paramref name="node"/> as entered without approval; true when it can be left so.</summary>
    public bool Walk(Node node)
    {
        var shape = shapes(node.Type);
        if (shape?.Approves == true)
            return false;

        if (shape?.MovesMoney == true && reported.Add(node.Id))
            problems.Add(new Problem("definition.moneyWithoutApproval", $"'{node.DisplayText}' moves money and can be reached without an approval.", null, node.Id).Told([node.DisplayText]));

        var leaves = node.Type == FlowchartRules.Type ? WalkFlowchart(node) : WalkSequence(node);
        return leaves && WalkEmbedded(node);
    }

    private bool WalkFlowchart(Node flowchart)
    {
        var children = flowchart.Activities.ToDictionary(child => child.Id, StringComparer.Ordinal);
        var starts = FlowchartRules.Starts(flowchart) is { IsEmpty: false } found ? found : flowchart.Activities;
        var seen = starts.Select(start => start.Id).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        var lines = new FlowLines(flowchart);
        var leaves = flowchart.Activities.IsEmpty;
        while (open.TryDequeue(out var id))
        {
            if (!children.TryGetValue(id, out var child) || !Walk(child))
                continue;

            // An outcome that is not drawn ends the branch, and the flowchart may end with it.
            leaves = true;
            foreach (var line in lines.From(id).Where(line => seen.Add(line.Target)))
                open.Enqueue(line.Target);
        }

        return leaves;
    }

    private bool WalkSequence(Node sequence)
    {
        foreach (var child in sequence.Activities)
        {
            if (!Walk(child))
                return false;
        }

        return true;
    }

    // Only a choice whose both sides approve is behind an approval; a loop's body may run no time at all.
    private bool WalkEmbedded(Node node)
    {
        var leaves = node.Embedded.ToDictionary(child => child.Key, child => Walk(child.Value), StringComparer.Ordinal);

        return !(leaves.TryGetValue("then", out var then) && leaves.TryGetValue("else", out var otherwise) && !then && !otherwise);
    }
}
