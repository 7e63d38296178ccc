using System.Text.Json;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>One run of one activity, as the journal tells it, in Elsa's words.</summary>
internal sealed record ObservedRun
{
    public required string Id { get; init; }

    public required Guid WorkflowInstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityNodeId { get; init; }

    public required string ActivityType { get; init; }

    public int ActivityTypeVersion { get; init; } = 1;

    public string? ActivityName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public bool HasBookmarks { get; init; }

    /// <summary>Running, Completed, Canceled or Faulted.</summary>
    public required string Status { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, object> Payload { get; init; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, object> ActivityState { get; init; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, object> Metadata { get; init; } = new Dictionary<string, object>();

    public ObservedException? Exception { get; init; }

    public int AggregateFaultCount { get; init; }

    public static ObservedRun Of(InstanceStory story, long ordinal, IReadOnlyList<JournalLine> lines)
    {
        var activity = lines[0].ActivityId!;
        var node = story.Node(activity);
        var last = lines.LastOrDefault(line => line.Event is "Completed" or "Canceled");
        var incident = story.Detail.Incidents.FirstOrDefault(incident => incident.Ordinal == ordinal);
        var prefix = activity + ".";
        return new ObservedRun
        {
            Id = story.RunId(ordinal),
            WorkflowInstanceId = story.Detail.Summary.Id,
            ActivityId = activity,
            ActivityNodeId = story.NodeId(activity),
            ActivityType = node?.Type ?? "Elsa.NotFoundActivity",
            ActivityTypeVersion = node?.Version ?? 1,
            ActivityName = node?.Name,
            StartedAt = lines[0].At,
            CompletedAt = last?.At,
            HasBookmarks = last is null && lines[^1].Event == "Suspended",
            Status = last?.Event ?? (incident is null ? "Running" : "Faulted"),
            Outputs = last is null ? new Dictionary<string, JsonElement>() : story.Detail.Results.Where(result => result.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(result => result.Key[prefix.Length..], result => result.Value),
            Payload = Outcomes(last),
            Exception = incident is null ? null : new ObservedException(incident.Code, incident.Message, incident.Detail, null),
            AggregateFaultCount = incident is null ? 0 : 1
        };
    }

    private static Dictionary<string, object> Outcomes(JournalLine? last) =>
        last is { Data.ValueKind: JsonValueKind.Object } && last.Data.TryGetProperty("outcomes", out var outcomes)
            ? new Dictionary<string, object> { ["Outcomes"] = outcomes }
            : [];
}

internal sealed record ObservedException(string Type, string Message, string? StackTrace, ObservedException? InnerException);
