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

        var stats = story.Runs().Where(run => body.ActivityNodeIds?.Contains(run.ActivityNodeId) != false).GroupBy(run => run.ActivityNodeId).Select(runs => new
        {
            runs.First().ActivityId,
            activityNodeId = runs.Key,
            startedCount = runs.Count(),
            completedCount = runs.Count(run => run.Status == "Completed"),
            uncompletedCount = runs.Count(run => run.CompletedAt is null),
            isBlocked = runs.Any(run => run.HasBookmarks),
            isFaulted = runs.Any(run => run.Status == "Faulted"),
            metadata = new Dictionary<string, object>()
        });
        return Results.Ok(new { stats });
    }

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
