using System.Text.Json;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Our states in Elsa's words, and the shapes of an instance and its journal.</summary>
internal static class ObservedShape
{
    // Elsa: status Running|Finished, sub-status Pending|Executing|Suspended|Finished|Cancelled|Faulted|Interrupted. A faulted instance is
    // finished there; here an operator may still mend it, which Elsa cannot say.
    private static readonly (string Ours, string Status, string Sub)[] Words =
    [
        ("Running", "Running", "Executing"),
        ("Waiting", "Running", "Suspended"),
        ("Suspended", "Running", "Interrupted"),
        ("Faulted", "Finished", "Faulted"),
        ("Finished", "Finished", "Finished"),
        ("Cancelled", "Finished", "Cancelled")
    ];

    public static string Status(InstanceSummary instance) => Words.First(word => word.Ours == instance.Status).Status;

    public static string SubStatus(InstanceSummary instance) =>
        instance is { Status: "Running", Seq: 0 } ? "Pending" : Words.First(word => word.Ours == instance.Status).Sub;

    /// <summary>Our states that fit what was asked for in Elsa's; none asked is all, and an unknown word fits nothing.</summary>
    public static IReadOnlyList<string> OurStatuses(IReadOnlyList<string> statuses, IReadOnlyList<string> subs)
    {
        if (statuses.Count == 0 && subs.Count == 0)
            return [];

        string[] fitting = [.. Words
            .Where(word => statuses.Count == 0 || statuses.Contains(word.Status))
            .Where(word => subs.Count == 0 || subs.Contains(word.Sub) || word.Ours == "Running" && subs.Contains("Pending"))
            .Select(word => word.Ours)];
        return fitting.Length == 0 ? ["none"] : fitting;
    }

    public static object Summary(InstanceSummary one) => new
    {
        one.Id,
        one.DefinitionId,
        definitionVersionId = one.VersionId,
        one.Version,
        status = Status(one),
        subStatus = SubStatus(one),
        one.CorrelationId,
        one.Name,
        incidentCount = one.Incidents,
        one.CreatedAt,
        one.UpdatedAt,
        one.FinishedAt,
        isSystem = false
    };

    public static object WithState(InstanceStory story)
    {
        var one = story.Detail.Summary;
        return new
        {
            one.Id,
            one.DefinitionId,
            definitionVersionId = one.VersionId,
            one.Version,
            status = Status(one),
            subStatus = SubStatus(one),
            one.CorrelationId,
            one.Name,
            incidentCount = one.Incidents,
            one.CreatedAt,
            one.UpdatedAt,
            one.FinishedAt,
            workflowState = story.State()
        };
    }

    /// <summary>What Elsa calls the workflow state: bookmarks, incidents, input and output.</summary>
    public static object State(this InstanceStory story)
    {
        var one = story.Detail.Summary;
        return new
        {
            one.Id,
            one.DefinitionId,
            definitionVersionId = one.VersionId,
            definitionVersion = one.Version,
            status = Status(one),
            subStatus = SubStatus(one),
            one.CorrelationId,
            one.Name,
            bookmarks = story.Detail.Bookmarks.Select(bookmark => Bookmark(story, bookmark)),
            incidents = story.Detail.Incidents.Select(incident => Incident(story, incident)),
            completionCallbacks = Array.Empty<object>(),
            activityExecutionContexts = Array.Empty<object>(),
            story.Detail.Input,
            story.Detail.Output,
            properties = new Dictionary<string, object>(),
            one.CreatedAt,
            one.UpdatedAt,
            one.FinishedAt
        };
    }

    private static object Bookmark(InstanceStory story, BookmarkLine bookmark) => new
    {
        bookmark.Id,
        name = story.Node(bookmark.ActivityId)?.Type ?? bookmark.Kind,
        hash = bookmark.Key,
        payload = new { bookmark.Kind, bookmark.Key, bookmark.CorrelationId, bookmark.Due },
        bookmark.ActivityId,
        activityNodeId = story.NodeId(bookmark.ActivityId),
        bookmark.CreatedAt,
        autoBurn = true
    };

    private static object Incident(InstanceStory story, IncidentLine incident) => new
    {
        incident.ActivityId,
        activityNodeId = story.NodeId(incident.ActivityId),
        activityInstanceId = story.RunId(incident.Ordinal),
        incident.ActivityType,
        incident.Message,
        exception = new ObservedException(incident.Code, incident.Message, incident.Detail, null),
        timestamp = incident.At
    };

    /// <summary>One entry per event, oldest first.</summary>
    public static IEnumerable<ObservedEntry> Journal(InstanceStory story) => story.Lines.Select((line, index) => new ObservedEntry
    {
        Id = $"{story.Detail.Summary.Id:N}-{index + 1}",
        ActivityInstanceId = story.RunId(line.Ordinal),
        ActivityId = line.ActivityId ?? InstanceStory.Workflow,
        ActivityType = line.ActivityId is null ? "Elsa.Workflow" : story.Node(line.ActivityId)?.Type ?? "Elsa.NotFoundActivity",
        ActivityName = line.ActivityId is null ? InstanceStory.Workflow : story.Node(line.ActivityId)?.Name,
        NodeId = story.NodeId(line.ActivityId),
        Timestamp = line.At,
        Sequence = index + 1,
        EventName = line.Event,
        Message = line.Data.ValueKind == JsonValueKind.Object && line.Data.TryGetProperty("message", out var message) ? message.ToString() : null,
        Payload = line.Data
    });
}

/// <summary>A journal entry in Elsa's shape.</summary>
internal sealed record ObservedEntry
{
    public required string Id { get; init; }

    public required string ActivityInstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public int ActivityTypeVersion { get; init; } = 1;

    public string? ActivityName { get; init; }

    public required string NodeId { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required int Sequence { get; init; }

    public required string EventName { get; init; }

    public string? Message { get; init; }

    public JsonElement Payload { get; init; }
}
