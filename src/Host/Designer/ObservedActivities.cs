using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Runs of activities as Elsa lists and counts them.</summary>
internal static class ObservedActivities
{
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapPost("/activity-executions/report", Report);
        elsa.MapGet("/activity-executions/list", List);
        elsa.MapGet("/activity-execution-summaries/list", Summaries);
        elsa.MapGet("/activity-executions/by-id", ById);
        elsa.MapGet("/activity-executions/{id}/call-stack", (string id) => Results.Ok(new { activityExecutionId = id, items = Array.Empty<object>(), totalCount = 0 }));
    }

    private static async Task<IResult> Report(InstanceStories stories, ReportRequest body, CancellationToken cancellationToken)
    {
        if (body.WorkflowInstanceId is null || DesignerApi.Id(body.WorkflowInstanceId) is not { } id || await stories.Tell(id, cancellationToken) is not { } story)
            return Results.Ok(new { stats = Array.Empty<object>() });

        return Results.Ok(new { stats = Stats(story, body.ActivityNodeIds) });
    }

    /// <summary>The badges on the drawing: how often each activity has begun and ended.</summary>
    /// <param name="nodes">Which activities; null for all.</param>
    public static IEnumerable<ObservedStats> Stats(InstanceStory story, IReadOnlyList<string>? nodes) =>
        from run in story.Runs()
        where nodes?.Contains(run.ActivityNodeId) != false
        group run by run.ActivityNodeId into runs
        select new ObservedStats
        {
            ActivityId = runs.First().ActivityId,
            ActivityNodeId = runs.Key,
            StartedCount = runs.Count(),
            CompletedCount = runs.Count(run => run.Status == "Completed"),
            UncompletedCount = runs.Count(run => run.CompletedAt is null),
            IsBlocked = runs.Any(run => run.HasBookmarks),
            IsFaulted = runs.Any(run => run.Status == "Faulted")
        };

    private static async Task<IResult> List(
        InstanceStories stories, string workflowInstanceId, string? activityNodeId, CancellationToken cancellationToken)
    {
        var items = await Runs(stories, workflowInstanceId, activityNodeId, cancellationToken);
        return Results.Ok(new { items, count = items.Count });
    }

    private static async Task<IResult> Summaries(
        InstanceStories stories, string workflowInstanceId, string? activityNodeId, CancellationToken cancellationToken)
    {
        var items = (await Runs(stories, workflowInstanceId, activityNodeId, cancellationToken)).Select(run => new
        {
            run.Id,
            run.WorkflowInstanceId,
            run.ActivityId,
            run.ActivityNodeId,
            run.ActivityType,
            run.ActivityTypeVersion,
            run.ActivityName,
            run.StartedAt,
            run.CompletedAt,
            run.HasBookmarks,
            run.Status,
            run.Metadata
        }).ToArray();
        return Results.Ok(new { items, count = items.Length });
    }

    private static async Task<IResult> ById(InstanceStories stories, string id, CancellationToken cancellationToken) =>
        id.Length > 32 && Guid.TryParseExact(id[..32], "N", out var instanceId) && await stories.Tell(instanceId, cancellationToken) is { } story
            && story.Runs().FirstOrDefault(run => run.Id == id) is { } found
            ? Results.Ok(found)
            : DesignerApi.NotFound("activity execution");

    private static async Task<List<ObservedRun>> Runs(
        InstanceStories stories, string workflowInstanceId, string? activityNodeId, CancellationToken cancellationToken) =>
        DesignerApi.Id(workflowInstanceId) is { } id && await stories.Tell(id, cancellationToken) is { } story
            ? [.. story.Runs().Where(run => activityNodeId is null || run.ActivityNodeId == activityNodeId)]
            : [];
}

public sealed record ReportRequest(string? WorkflowInstanceId, IReadOnlyList<string>? ActivityNodeIds);

/// <summary>How often an activity has run in an instance.</summary>
internal sealed record ObservedStats
{
    public required string ActivityId { get; init; }

    public required string ActivityNodeId { get; init; }

    public required int StartedCount { get; init; }

    public required int CompletedCount { get; init; }

    public required int UncompletedCount { get; init; }

    public required bool IsBlocked { get; init; }

    public required bool IsFaulted { get; init; }

    public IReadOnlyDictionary<string, object> Metadata { get; init; } = new Dictionary<string, object>();
}
