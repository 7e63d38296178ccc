using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What an expression of one run may read: variables, inputs, outputs, and the item of the loops around it.</summary>
internal sealed class InstanceValues(Definition definition, Instance instance, Frame frame)
{
    public JsonElement ById(string id)
    {
        if (instance.Variables.TryGetValue(id, out var value))
        {
            return value;
        }

        return definition.VariablesById.TryGetValue(id, out var variable) ? TypeAliases.Initial(variable) : ByName(id);
    }

    public JsonElement ByName(string name)
    {
        if (Loop(name) is { } item)
        {
            return item;
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
        return instance.Results.GetValueOrDefault(key);
    }

    // The nearest loop around this run knows the current item by the names of the format.
    private JsonElement? Loop(string name)
    {
        if (name is not (ForEach.CurrentValue or ForEach.CurrentIndex))
        {
            return null;
        }

        for (var at = frame.Parent; at is { } ordinal && instance.Find(ordinal) is { } around; at = around.Parent)
        {
            if (around.Progress is { Items.IsEmpty: false, Index: > 0 } progress)
            {
                return name == ForEach.CurrentValue ? progress.Items[progress.Index - 1] : JsonSerializer.SerializeToElement(progress.Index - 1);
            }
        }

        return null;
    }
}
