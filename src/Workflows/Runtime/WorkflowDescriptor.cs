using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What a definition looks like as an activity: its inputs, outputs and outcomes are the activity's.</summary>
internal static class WorkflowDescriptor
{
    /// <summary>True when its author lets it be drawn in others.</summary>
    public static bool IsUsable(Definition definition) => definition.Options.Flag("usableAsActivity") || Envelope(definition).Flag("usableAsActivity");

    /// <summary>True when a publish of it moves the definitions in which it is drawn to what was published (<c>autoUpdateConsumingWorkflows</c>).</summary>
    public static bool TakesConsumersAlong(Definition definition) => IsUsable(definition) && definition.Options.Flag("autoUpdateConsumingWorkflows");

    public static ActivityDescriptor Of(Definition definition) => new()
    {
        Type = WorkflowActivities.TypeOf(definition.Name),
        Version = definition.Version,
        Name = definition.Name,
        Chinese = definition.Name,
        Category = definition.Options.Text("activityCategory") is { Length: > 0 } category ? category : "Workflows",
        Description = definition.Description ?? "Runs this workflow and waits for it.",
        Outcomes = definition.Outcomes.IsEmpty ? [Activity.Done] : definition.Outcomes,
        Inputs = [.. definition.Inputs.Select(Input)],
        Outputs = [.. definition.Outputs.Select(output => new OutputDescriptor(output.Name, TypeAliases.TypeOf(output), output.Description ?? "", output.DisplayName))],
        Workflow = new WorkflowReference(definition.Id, definition.VersionId, definition.Version, definition.Name),
        Waits = true
    };

    private static InputDescriptor Input(Parameter parameter) => new(
        parameter.Name, TypeAliases.TypeOf(parameter), parameter.Description ?? "", parameter.DisplayName,
        parameter.IsRequired && !HasDefault(parameter), false)
    {
        Default = HasDefault(parameter) ? parameter.Default : null
    };

    private static bool HasDefault(Parameter parameter) => parameter.Default.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    // Older files have the mark outside of the options.
    private static JsonElement Envelope(Definition definition) => DefinitionReader.Model(JsonElement.Parse(definition.Source.Span)) ?? default;
}
