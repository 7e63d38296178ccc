using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Instances;
using Relief.Flow.Host.Pathways;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Elsa's calls that start, wake and end work.</summary>
internal static class DrawnStarts
{
    public const string InstanceHeader = "x-elsa-workflow-instance-id";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapPost("/workflow-definitions/{definitionId}/execute", Execute).RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Stated);
        elsa.MapPost("/workflow-definitions/{definitionId}/dispatch", Dispatch).RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Stated);
        elsa.MapPost("/events/{name}/trigger", Trigger).RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept);
        elsa.MapPost("/tasks/{id}/complete", Complete).RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept);
        elsa.MapPost("/cancel/workflow-instances/{id}", Cancel).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/bulk-actions/cancel/workflow-instances", CancelMany).RequireAuthorization(Policies.Operate);
        elsa.MapPost("/alterations/workflows/retry", RetryMany).RequireAuthorization(Policies.Operate);
    }

    /// <summary>Answers with the state when the instance has come to rest, or after 30 s with 202.</summary>
    private static async Task<IResult> Execute(
        DirectRun runs, InstanceStories stories, HttpContext context, string definitionId, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ExecuteDrawn? body)
    {
        var started = await runs.Execute(ToStart(definitionId, body, context), Patience, context.RequestAborted);
        if (Begun(started) is not { } id)
            return PathwaysApi.Answer(started, definitionId, context);

        context.Response.Headers[InstanceHeader] = id.ToString();
        var story = await stories.Tell(id, context.RequestAborted);
        return Results.Json(new { workflowState = story?.State() }, statusCode: story?.Detail.Summary.Status == "Running" ? 202 : 200);
    }

    private static async Task<IResult> Dispatch(
        Flows flows, HttpContext context, string definitionId, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ExecuteDrawn? body)
    {
        var started = await flows.Start(ToStart(definitionId, body, context), context.RequestAborted);
        if (Begun(started) is not { } id)
            return PathwaysApi.Answer(started, definitionId, context);

        context.Response.Headers[InstanceHeader] = id.ToString();
        return Results.Ok(new { workflowInstanceId = id });
    }

    private static async Task<IResult> Trigger(Flows flows, HttpContext context, string name, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] TriggerEvent? body)
    {
        if (body?.WorkflowInstanceId is not null || body?.ActivityInstanceId is not null)
            return DesignerApi.Invalid(["An event is matched by its name and correlationId; it cannot be sent to one instance or activity."]);

        await flows.Publish(
            new EventToPublish(name, body?.CorrelationId, body?.Input ?? default, EventToPublish.Week, RepeatedRequests.TextOf(context)), context.RequestAborted);
        return Results.Ok();
    }

    private static async Task<IResult> Complete(
        Flows flows, TaskQueries tasks, ClaimsPrincipal user, string id, [FromBody] CompleteDrawn? body, CancellationToken cancellationToken)
    {
        if (DesignerApi.Id(id) is not { } taskId || await tasks.Find(taskId, cancellationToken) is not { } task)
            return DesignerApi.NotFound("task");

        if (TaskSigner.Missing(task.Signers).Count > 0)
            return Refusal.Of(409, "task.waitsForSigners", "Others were asked to sign before it is decided.");

        // Elsa's tasks have a result and no outcomes: the first one stands for "done".
        var receipt = await flows.Act(
            new TaskDeed(taskId, TaskVerb.Complete, user.By(), Outcome: task.Outcomes[0], Data: body?.Result ?? default), cancellationToken);
        return receipt.Outcome switch
        {
            TaskOutcome.Done or TaskOutcome.Repeated => Results.Ok(),
            TaskOutcome.Excluded => Refusal.Of(403, "task.excluded", "This person may not do this task."),
            _ => Refusal.Of(409, "task.wrongState", $"The task is {receipt.State}.", ("state", receipt.State))
        };
    }

    private static async Task<IResult> Cancel(
        Flows flows, InstanceQueries queries, ClaimsPrincipal user, string id, CancellationToken cancellationToken)
    {
        if (DesignerApi.Id(id) is not { } instanceId || await queries.Find(instanceId, cancellationToken) is null)
            return DesignerApi.NotFound("instance");

        await flows.Cancel(instanceId, "cancelled in the designer", user.By(), cancellationToken);
        return Results.Ok();
    }

    /// <summary>The instances that are named, or all open ones of a version or of a definition; without any of these nobody can have meant it.</summary>
    private static async Task<IResult> CancelMany(
        Flows flows, DefinitionQueries definitions, InstanceQueries instances, ClaimsPrincipal user, BulkCancel body, CancellationToken cancellationToken)
    {
        if (body is { Ids: null, DefinitionVersionId: null, DefinitionId: null })
            return DesignerApi.Invalid(["Name the instances by ids, definitionVersionId or definitionId."]);

        List<Guid> ids = [.. body.Ids?.Select(DesignerApi.Id).OfType<Guid>() ?? []];
        if (body.Ids is null && await Meant(definitions, body, cancellationToken) is { } filter)
            await foreach (var id in Open(instances, filter, cancellationToken))
                ids.Add(id);
        foreach (var id in ids)
            await flows.Cancel(id, "cancelled in the designer", user.By(), cancellationToken);
        return Results.Ok(new { cancelledCount = ids.Count });
    }

    // Null when the version that is meant does not exist: then nothing runs on it.
    private static async Task<InstanceFilter?> Meant(DefinitionQueries definitions, BulkCancel body, CancellationToken cancellationToken)
    {
        InstanceFilter open = new() { Statuses = ["Running", "Waiting", "Suspended", "Faulted"] };
        if (body.DefinitionVersionId is { } version)
            return open with { VersionId = version };
        if (body.VersionOptions is null or "" or "AllVersions")
            return open with { DefinitionId = body.DefinitionId };

        return await definitions.Find(body.DefinitionId!, DrawnShape.Choice(body.VersionOptions, VersionChoice.Latest), cancellationToken) is { } found
            ? open with { VersionId = found.VersionId }
            : null;
    }

    private static async IAsyncEnumerable<Guid> Open(InstanceQueries instances, InstanceFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await instances.List(filter, after, Cursor.MaxTake, cancellationToken);
            foreach (var instance in page.Items)
                yield return instance.Id;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Tries again what stopped in each of these instances, but for what moves money: that takes a second person. The designer itself has no button for it, Elsa's clients have.</summary>
    private static async Task<IResult> RetryMany(InstanceDoor door, ClaimsPrincipal user, BulkRetry body, CancellationToken cancellationToken)
    {
        List<object> results = [];
        foreach (var id in body.WorkflowInstanceIds ?? [])
        {
            var isAsked = DesignerApi.Id(id) is { } key && (await door.Retry(key, null, user.By(), cancellationToken)).Result is Accepted<InstanceDeed>;
            results.Add(new { workflowInstanceId = id, isSuccessful = isAsked });
        }

        return Results.Ok(new { results });
    }

    private static StartInstance ToStart(string definitionId, ExecuteDrawn? body, HttpContext context) =>
        new(definitionId, body?.Input ?? default, context.User.By())
        {
            CorrelationId = body?.CorrelationId,
            Version = DrawnShape.Choice(body?.VersionOptions, VersionChoice.Published),
            Key = RepeatedRequests.KeyOf(context)
        };

    private static Guid? Begun(StartResult result) => result switch
    {
        Started started => started.InstanceId,
        Repeated repeated => repeated.InstanceId,
        _ => null
    };
}

public sealed record ExecuteDrawn(string? CorrelationId, string? TriggerActivityId, string? VersionOptions, JsonElement? Input);

public sealed record TriggerEvent(string? CorrelationId, string? WorkflowInstanceId, string? ActivityInstanceId, JsonElement? Input);

public sealed record CompleteDrawn(JsonElement? Result);

public sealed record BulkCancel(IReadOnlyList<string>? Ids, string? DefinitionVersionId, string? DefinitionId, string? VersionOptions);

public sealed record BulkRetry(IReadOnlyList<string>? WorkflowInstanceIds);
