using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Runs a definition that is drawn as an activity: a child instance under a stable id, which the step waits for.</summary>
/// <remarks>A crash starts no second child (I4); cancelling the parent cancels it; its outputs are the step's, and so are the outcomes of its <c>Elsa.Complete</c>.</remarks>
internal sealed class WorkflowStep(DefinitionLibrary library)
{
    public async Task<(ActivityResult Result, ImmutableArray<KeyValuePair<string, JsonElement>> Outputs)> Run(
        ActivityContext context, Wakeup? wakeup, WorkflowReference reference, FrozenDictionary<string, JsonElement> inputs, CancellationToken cancellationToken) =>
        wakeup is null ? (await Start(context, reference, inputs, cancellationToken), []) : End(wakeup.As<ChildEnded>()!);

    private async Task<ActivityResult> Start(
        ActivityContext context, WorkflowReference reference, FrozenDictionary<string, JsonElement> inputs, CancellationToken cancellationToken)
    {
        if (await library.Activities.Resolve(reference, cancellationToken) is not { } version)
        {
            return new Faulted("workflow.notFound", $"The definition {reference.DefinitionId} has no version {reference.VersionId} and none that is published.") { MayRetry = true };
        }

        var input = InputOf(version.Definition, inputs);
        if (StartRules.Check(version.Definition, input) is [var problem, ..])
        {
            return new Faulted("input.invalid", problem.Message) { MayRetry = false };
        }

        var start = Children.Start(context, context.KeyFor("child"), version.Definition.Id, null, input) with { Version = version.Number };
        return new Waiting([Bookmark.Child("child", Message.Of(start))]);
    }

    private static (ActivityResult, ImmutableArray<KeyValuePair<string, JsonElement>>) End(ChildEnded ended)
    {
        if (ended.Status != "Finished")
        {
            return (Children.Failed(ended), []);
        }

        var result = ended.Outcomes is { Count: > 0 } outcomes ? new Completed(outcomes[0]) { Also = [.. outcomes.Skip(1)] } : new Completed(Activity.Done);
        return (result, ended.Output.ValueKind == JsonValueKind.Object
            ? [.. ended.Output.EnumerateObject().Select(output => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(output.Name), output.Value))]
            : []);
    }

    // The step writes its inputs with a small first letter; the definition has the names as they were given to it.
    private static JsonElement InputOf(Definition definition, FrozenDictionary<string, JsonElement> inputs)
    {
        Dictionary<string, JsonElement> given = [];
        foreach (var parameter in definition.Inputs)
        {
            if (inputs.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name), out var value) && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            {
                given[parameter.Name] = value;
            }
        }

        return FlowJson.Of(given);
    }
}
