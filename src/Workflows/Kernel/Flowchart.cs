using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary><c>Elsa.Flowchart</c>: activities joined by lines, moved by tokens.</summary>
/// <remarks>
/// A run that ends puts a token on each line that leaves its outcomes; a token is used up when the run of its target ends.
/// Two lines from one port fork; what joins them says how (<see cref="Joins"/>). The flowchart ends when none of its activities is at work.
/// </remarks>
internal static class Flowchart
{
    public const string Type = "Elsa.Flowchart";

    public static void Enter(Turn turn, Frame frame, FrozenDictionary<string, JsonElement> inputs)
    {
        var flowchart = turn.NodeOf(frame);
        if ((Triggers.EntryOf(turn, flowchart) ?? FlowGraph.Of(flowchart).Start) is not { } start)
        {
            turn.Leave(frame, Activity.Done);
            return;
        }

        turn.Keep(frame with { State = FrameState.Open, Progress = new Progress() });
        turn.Enter(start, frame.Ordinal);
    }

    public static void ChildLeft(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes)
    {
        var graph = FlowGraph.Of(turn.NodeOf(frame));
        if (graph.Nodes[child.ActivityId].Type == "Elsa.End")
        {
            Finish(turn, frame);
            return;
        }

        var lines = graph.From(child.ActivityId, outcomes).ToArray();
        var tokens = frame.Progress!.Tokens.RemoveAll(token => token.To == child.ActivityId && !token.Blocked);
        Remember(turn, frame.Ordinal, tokens.AddRange(lines.Select(line => new Token(line.Source, line.Port, line.Target))));
        foreach (var arriving in lines.GroupBy(line => line.Target))
        {
            // Outcomes that lead to one activity together begin it once; a cascade counts each line.
            var each = Joins.ModeOf(graph.Nodes[arriving.Key]) == MergeMode.Cascade;
            foreach (var line in each ? arriving : arriving.Take(1))
            {
                Arrive(turn, frame.Ordinal, graph, line);
            }
        }

        if (!Children(turn, frame.Ordinal).Any())
        {
            Finish(turn, turn.Instance.Find(frame.Ordinal)!);
        }
    }

    /// <summary>Takes a run away and goes on at another step of its flowchart; the tokens that had led to it are used up.</summary>
    public static void Place(Turn turn, Frame frame, Node target)
    {
        var flowchart = frame.Parent!.Value;
        turn.Abandon(frame);
        Place(turn, flowchart, frame.ActivityId, target);
    }

    /// <summary>Goes on at a step in the stead of what was on its way to another.</summary>
    public static void Place(Turn turn, long flowchart, string instead, Node target)
    {
        Remember(turn, flowchart, Tokens(turn, flowchart).RemoveAll(token => token.To == instead && !token.Blocked));
        turn.Enter(target, flowchart);
    }

    private static void Arrive(Turn turn, long flowchart, FlowGraph graph, Connection line)
    {
        var target = graph.Nodes[line.Target];
        var mode = Joins.ModeOf(target);
        var tokens = Tokens(turn, flowchart);
        if (mode is MergeMode.Cascade or MergeMode.Race && tokens.FirstOrDefault(token => IsOn(token, line) && token.Blocked) is { } blocked)
        {
            // The race is over: the late token and the block on its line go together.
            Remember(turn, flowchart, tokens.Remove(blocked).Remove(new Token(line.Source, line.Port, line.Target)));
            return;
        }

        var incoming = graph.To(line.Target, withLoops: mode == MergeMode.Converge).ToArray();
        var arrived = incoming.Count(other => tokens.Any(token => IsOn(token, other) && !token.Blocked));
        var busy = incoming.Count(other => other.Source != line.Source && IsBusy(turn, flowchart, other.Source));
        if (Joins.Decide(mode, arrived, incoming.Length, busy) == JoinDecision.Wait)
        {
            return;
        }

        if (mode == MergeMode.Race)
        {
            CancelRivals(turn, flowchart, graph, target, line);
        }

        turn.Enter(target, flowchart);
    }

    // The other branches are cancelled; their lines are blocked, so that a token already on its way is swallowed.
    private static void CancelRivals(Turn turn, long flowchart, FlowGraph graph, Node target, Connection winner)
    {
        var ancestors = graph.Ancestors(target.Id);
        var rivals = Children(turn, flowchart).Where(child => ancestors.Contains(child.ActivityId)).ToArray();
        foreach (var rival in rivals)
        {
            turn.Abandon(rival);
        }

        // A token that waits at a join on the way is no longer on its way either.
        Remember(turn, flowchart, Tokens(turn, flowchart).RemoveAll(token => ancestors.Contains(token.To) || (token.To == target.Id && !IsOn(token, winner))));
    }

    private static bool IsBusy(Turn turn, long flowchart, string activity) =>
        Children(turn, flowchart).Any(child => child.ActivityId == activity) ||
        Tokens(turn, flowchart).Any(token => token.To == activity && !token.Blocked);

    private static void Finish(Turn turn, Frame frame)
    {
        foreach (var child in Children(turn, frame.Ordinal).ToArray())
        {
            turn.Abandon(child);
        }

        turn.Leave(turn.Instance.Find(frame.Ordinal)!, Activity.Done);
    }

    private static IEnumerable<Frame> Children(Turn turn, long flowchart) => turn.Instance.Frames.Where(child => child.Parent == flowchart);

    private static ImmutableArray<Token> Tokens(Turn turn, long flowchart) => turn.Instance.Find(flowchart)!.Progress!.Tokens;

    private static void Remember(Turn turn, long flowchart, ImmutableArray<Token> tokens) =>
        turn.Keep(turn.Instance.Find(flowchart)! with { Progress = new Progress { Tokens = tokens } });

    private static bool IsOn(Token token, Connection line) => token.From == line.Source && token.Port == line.Port && token.To == line.Target;
}
