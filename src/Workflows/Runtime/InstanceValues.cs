using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What an expression of one run may read: variables, inputs, outputs, and the item of the loops around it.</summary>
internal sealed class InstanceValues(Definition definition, Instance instance, Frame frame)
{
    public JsonElement ById(string id)
    {
        if (Surroundings.KeeperOf(definition, instance, frame, id) is { Scope: { } scope })
        {
            return scope.TryGetValue(id, out var own) ? own : TypeAliases.Initial(definition.VariablesById[id]);
        }

        if (instance.Variables.TryGetValue(id, out var value))
        {
            return value;
        }

        return definition.VariablesById.TryGetValue(id, out var variable) ? TypeAliases.Initial(variable) : ByName(id);
    }

    public JsonElement ByName(string name)
    {
        if (Surroundings.Outwards(instance, frame).FirstOrDefault(around => around.Scope?.ContainsKey(name) == true) is { } loop)
        {
            return loop.Scope![name];
        }

        var variable = definition.VariablesById.Values.FirstOrDefault(one => one.Name == name);
        return variable is null ? default : ById(variable.Id);
    }

    public IEnumerable<string> VariableNames => definition.VariablesById.Values.Select(variable => variable.Name);

    public IEnumerable<string> InputNames => instance.Input.Keys;

    public JsonElement Input(string name) => instance.Input.GetValueOrDefault(name);

    public JsonElement OutputOf(string activityId, string output)
    {
        var key = $"{activityId}.{JsonNamingPolicy.CamelCase.ConvertName(output)}";
        var branch = Surroundings.Outwards(instance, frame).FirstOrDefault(around => around.IsBranch && around.Scope!.ContainsKey(key));
        return branch is null ? instance.Results.GetValueOrDefault(key) : branch.Scope![key];
    }
}
