using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What the loops have in common: the names under which a body sees its round, and how one is left early.</summary>
internal static class Loops
{
    /// <summary>The name under which the body sees the item.</summary>
    public const string CurrentValue = "CurrentValue";

    /// <summary>The name under which the body sees the item's position, from 0.</summary>
    public const string CurrentIndex = "CurrentIndex";

    private static readonly FrozenSet<string> Types = new[] { For.Type, ForEach.Type, ParallelForEach.Type, While.Type }.ToFrozenSet();

    /// <summary>The innermost loop around a run; null outside of loops.</summary>
    public static Frame? Around(Turn turn, Frame frame) =>
        Surroundings.Outwards(turn.Instance, frame).Skip(1).FirstOrDefault(around => Types.Contains(turn.NodeOf(around).Type));

    /// <summary>What the body of one round sees.</summary>
    public static ImmutableDictionary<string, JsonElement> Round(JsonElement value, int index) =>
        ImmutableDictionary<string, JsonElement>.Empty.Add(CurrentValue, value).Add(CurrentIndex, JsonSerializer.SerializeToElement(index));
}
