using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>What a run sees of the runs around it: the item of its loop, the values of its own branch.</summary>
internal static class Surroundings
{
    /// <summary>The run itself, then the container it is in, and so on outwards.</summary>
    public static IEnumerable<Frame> Outwards(Instance instance, Frame frame)
    {
        yield return frame;
        for (var at = frame.Parent; at is { } ordinal && instance.Find(ordinal) is { } around; at = around.Parent)
        {
            yield return around;
        }
    }

    /// <summary>The nearest branch that a run is in, or is; null outside of branches.</summary>
    public static Frame? BranchOf(Instance instance, Frame frame) => Outwards(instance, frame).FirstOrDefault(around => around.IsBranch);

    /// <summary>The nearest run that has a variable for itself and those inside it; null for a variable of the whole instance.</summary>
    public static Frame? KeeperOf(Definition definition, Instance instance, Frame frame, string variableId) =>
        Outwards(instance, frame).FirstOrDefault(around => around.Scope is { } scope && (scope.ContainsKey(variableId) || Declares(definition, around, variableId)));

    private static bool Declares(Definition definition, Frame frame, string variableId) =>
        definition.Nodes.TryGetValue(frame.ActivityId, out var node) && node.Variables.Any(variable => variable.Id == variableId);
}
