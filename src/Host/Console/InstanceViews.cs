using System.Text.Json;
using Relief.Flow.Host.Designer;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Console;

/// <summary>Gathers what the page of one instance shows.</summary>
internal sealed class InstanceViews(InstanceStories stories, InstanceQueries instances, TaskQueries tasks, OutboxQueries outbox, DrawnNames steps)
{
    private const int MostChildren = 20;

    /// <summary>Null when there is no such instance.</summary>
    public async Task<InstanceView?> Of(Guid id, Visitor visitor, CancellationToken cancellationToken)
    {
        if (await stories.Tell(id, cancellationToken) is not { } story)
            return null;

        var detail = story.Detail;
        var names = story.Definition?.VariablesById.ToDictionary(one => one.Key, one => one.Value.Name) ?? [];
        return new InstanceView
        {
            Detail = detail,
            DefinitionName = story.Definition?.Name ?? detail.Summary.DefinitionId,
            HasDrawing = story.Definition is not null,
            Timeline = new Timeline(story, steps, visitor).Lines(),
            Tasks = (await tasks.List(new TaskFilter { InstanceId = id, States = ["Open", "Claimed", "Completed", "Cancelled"] }, null, 50, cancellationToken)).Items,
            Outbox = (await outbox.List(new OutboxFilter { InstanceId = id }, null, 30, cancellationToken)).Items,
            Children = (await instances.List(new InstanceFilter { ParentId = id }, null, MostChildren, cancellationToken)).Items,
            VariableNames = names,
            Inputs = Values(detail.Input, NamedValue.Of),
            Variables = Values(detail.Variables.ToDictionary(one => names.GetValueOrDefault(one.Key, one.Key), one => one.Value), NamedValue.Of),
            Outputs = Values(detail.Output, NamedValue.Of),
            StepNames = detail.Bookmarks.Select(one => one.ActivityId).Concat(detail.Incidents.Select(one => one.ActivityId)).Concat(detail.Summary.Fault?.ActivityId is { } fault ? [fault] : [])
                .Distinct().ToDictionary(step => step, step => DrawnNames.StepName(story.Definition, step))
        };
    }

    /// <summary>The same with the values in clear, for somebody who said why.</summary>
    public static InstanceView InClear(InstanceView view, InstanceDetail clear) => view with
    {
        IsClear = true,
        Inputs = Values(clear.Input, NamedValue.InClear),
        Variables = Values(clear.Variables.ToDictionary(one => view.VariableNames.GetValueOrDefault(one.Key, one.Key), one => one.Value), NamedValue.InClear),
        Outputs = Values(clear.Output, NamedValue.InClear)
    };

    private static List<NamedValue> Values(IReadOnlyDictionary<string, JsonElement> values, Func<string, JsonElement, NamedValue> show) =>
        [.. values.Where(one => one.Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => show(one.Key, one.Value)).Where(one => one.Text.Length > 0)];
}

/// <summary>One instance as its page shows it.</summary>
public sealed record InstanceView
{
    public required InstanceDetail Detail { get; init; }

    public required string DefinitionName { get; init; }

    /// <summary>False when the version that it runs is gone.</summary>
    public required bool HasDrawing { get; init; }

    /// <summary>What happened, the latest first.</summary>
    public required IReadOnlyList<TimelineLine> Timeline { get; init; }

    public required IReadOnlyList<TaskSummary> Tasks { get; init; }

    public required IReadOnlyList<OutboxLine> Outbox { get; init; }

    public required IReadOnlyList<InstanceSummary> Children { get; init; }

    /// <summary>The names of its variables by id.</summary>
    public required IReadOnlyDictionary<string, string> VariableNames { get; init; }

    /// <summary>Whether its values are shown in clear.</summary>
    public bool IsClear { get; init; }

    public required IReadOnlyList<NamedValue> Inputs { get; init; }

    public required IReadOnlyList<NamedValue> Variables { get; init; }

    public required IReadOnlyList<NamedValue> Outputs { get; init; }

    public required IReadOnlyDictionary<string, string> StepNames { get; init; }

    /// <summary>Why it stands where it stands; null where nobody asked.</summary>
    public Why? Why { get; init; }

    /// <summary>The key of what was just asked of it; null when nothing was.</summary>
    public string? Did { get; init; }

    /// <summary>The key of the reason why it was refused.</summary>
    public string? Problem { get; init; }

    public InstanceSummary Summary => Detail.Summary;

    public bool HasMasked => Inputs.Concat(Variables).Concat(Outputs).Any(value => value.IsMasked);

    public bool IsOpen => Summary.Status is "Running" or "Waiting" or "Faulted" or "Suspended";

    public string Step(string activityId) => StepNames.GetValueOrDefault(activityId, activityId);
}
