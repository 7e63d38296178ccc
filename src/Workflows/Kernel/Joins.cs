using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>How a node with several incoming lines begins.</summary>
public enum MergeMode
{
    /// <summary>When a token arrives and no direct predecessor is still to be served: dead branches are not waited for.</summary>
    Stream,

    /// <summary>When every incoming line has a token; lines of loops do not count.</summary>
    Merge,

    /// <summary>When every incoming line has a token; lines of loops count too.</summary>
    Converge,

    /// <summary>Once for every token that arrives.</summary>
    Cascade,

    /// <summary>For the first token; whatever still works towards it is cancelled, and late tokens are swallowed.</summary>
    Race
}

/// <summary>What a token that arrives brings about.</summary>
public enum JoinDecision
{
    Start,
    Wait
}

/// <summary>When does a node with several incoming lines begin? The question alone, apart from tokens and runs.</summary>
public static class Joins
{
    /// <param name="arrived">Incoming lines that hold a token now, this one included.</param>
    /// <param name="incoming">Incoming lines that count in this mode.</param>
    /// <param name="busy">Direct predecessors that still have a token before them or run.</param>
    public static JoinDecision Decide(MergeMode mode, int arrived, int incoming, int busy) => mode switch
    {
        MergeMode.Stream => busy == 0 ? JoinDecision.Start : JoinDecision.Wait,
        MergeMode.Merge or MergeMode.Converge => arrived >= incoming ? JoinDecision.Start : JoinDecision.Wait,
        _ => JoinDecision.Start
    };

    /// <summary>The mode of a node: a join's own (<c>WaitAll</c>, <c>WaitAllActive</c>, <c>WaitAny</c>, its default), else the drawn merge mode, else Stream.</summary>
    public static MergeMode ModeOf(Node node) =>
        node.Type == FlowJoin.Type
            ? FlowJoin.ModeOf(node) switch
            {
                "WaitAll" => MergeMode.Merge,
                "WaitAllActive" => MergeMode.Stream,
                _ => MergeMode.Race
            }
            : Enum.TryParse<MergeMode>(node.MergeMode, out var mode) ? mode : MergeMode.Stream;
}
