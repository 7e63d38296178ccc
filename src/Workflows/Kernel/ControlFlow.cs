using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>An activity that only decides where to go: a pure function over the turn, evaluated inputs in, next runs out.</summary>
/// <param name="Enter">Called with the evaluated inputs, at first and each time its run is made ready again.</param>
/// <param name="ChildLeft">Called when a run inside it has ended, with that run's outcomes.</param>
internal sealed record ControlFlow(
    Action<Turn, Frame, FrozenDictionary<string, JsonElement>> Enter,
    Action<Turn, Frame, Frame, IReadOnlyList<string>> ChildLeft)
{
    private static readonly FrozenDictionary<string, ControlFlow> All = new Dictionary<string, ControlFlow>
    {
        [Composite.Type] = new(Composite.Enter, Together.ChildLeft),
        [Flowchart.Type] = new(Flowchart.Enter, Flowchart.ChildLeft),
        [Sequence.Type] = new(Sequence.Enter, Sequence.ChildLeft),
        [Together.Type] = new(Together.Enter, Together.ChildLeft),
        [Fork.Type] = new(Fork.Enter, Fork.ChildLeft),
        [If.Type] = new(If.Enter, If.ChildLeft),
        [While.Type] = new(While.Enter, While.ChildLeft),
        [For.Type] = new(For.Enter, For.ChildLeft),
        [ForEach.Type] = new(ForEach.Enter, ForEach.ChildLeft),
        [ParallelForEach.Type] = new(ParallelForEach.Enter, Together.ChildLeft),
        [Switch.Type] = new(Switch.Enter, Together.ChildLeft),
        [Break.Type] = new(Break.Enter, NoChildren),
        [Complete.Type] = new(Complete.Enter, NoChildren),
        [FlowBody.Type] = new(FlowBody.Enter, Together.ChildLeft),
        [FlowDecision.Type] = new(FlowDecision.Enter, NoChildren),
        [FlowSwitch.Type] = new(FlowSwitch.Enter, NoChildren),
        [FlowFork.Type] = new(FlowFork.Enter, NoChildren),
        [FlowJoin.Type] = new(FlowJoin.Enter, NoChildren)
    }.ToFrozenDictionary();

    /// <summary>The rules of a type; null when it is not control flow.</summary>
    public static ControlFlow? Of(string type) => All.GetValueOrDefault(type);

    /// <summary>The types that the kernel itself decides.</summary>
    public static ImmutableArray<string> Types => All.Keys;

    private static void NoChildren(Turn turn, Frame frame, Frame child, IReadOnlyList<string> outcomes) =>
        throw new InvalidOperationException($"{frame.ActivityId} holds no activities.");
}
