using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>Finds outcomes that say danger to a person or a passed deadline, and lead nowhere, or past the help that is drawn.</summary>
/// <remarks>Leaving out a danger is refused even when its author said to ignore it; leaving out a deadline is warned of.</remarks>
internal sealed class DangerRule(Definition definition, Func<string, ActivityShape?> shapes, ImmutableArray<Problem>.Builder problems)
{
    private static readonly FrozenSet<string> Dangers = new[] { "LifeAtRisk", "Danger", "Incident", "Safeguarding", "Emergency" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Deadlines =
        new[] { "Timeout", "Expired", "Overdue", "Missing", "NoResponse", "Late", "Unavailable" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly bool _hasHelp = definition.Nodes.Values.Any(node => shapes(node.Type) is { IsEmergency: true });

    public void Check(Node flowchart)
    {
        var lines = new FlowLines(flowchart);
        foreach (var child in flowchart.Activities)
        {
            if (shapes(child.Type) is not { } shape)
                continue;

            foreach (var port in shape.Outcomes.Where(Dangers.Contains))
                Danger(new Place(flowchart, child, port), lines);
            foreach (var port in NodePorts.Ignored(child).Where(Deadlines.Contains).Order(StringComparer.Ordinal))
                problems.Add(new Problem("definition.timeoutIgnored", $"'{child.DisplayText}' may end by '{port}', and its author chose to draw nothing for it.", port, child.Id, IsWarning: true)
                    .Told([child.DisplayText, port]));
        }
    }

    private void Danger(Place place, FlowLines lines)
    {
        var (flowchart, child, port) = place;
        var targets = lines.From(child.Id).Where(line => line.Port == port).Select(line => line.Target).ToArray();
        if (targets.Length == 0)
            problems.Add(new Problem("definition.dangerUnconnected", $"'{child.DisplayText}' may find '{port}', a danger to a person, and nothing is drawn for it.", port, child.Id)
                .Told([child.DisplayText, port]));
        else if (_hasHelp && !IsHelp(child) && !Reaches(flowchart, lines, targets))
            problems.Add(new Problem("definition.dangerWithoutHelp", $"'{child.DisplayText}' may find '{port}', a danger to a person, and no emergency step is reached from there.", port, child.Id)
                .Told([child.DisplayText, port]));
    }

    private bool Reaches(Node flowchart, FlowLines lines, string[] targets)
    {
        var reached = lines.Reach(targets);
        return flowchart.Activities.Any(child => reached.Contains(child.Id) && Holds(child));
    }

    private bool Holds(Node node) => IsHelp(node) || node.Activities.Any(Holds) || node.Embedded.Values.Any(Holds);

    private bool IsHelp(Node node) => shapes(node.Type) is { IsEmergency: true };

    private sealed record Place(Node Flowchart, Node Child, string Port);
}
