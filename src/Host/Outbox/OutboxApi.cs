using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Outbox;

/// <summary>What left or is to leave the house.</summary>
internal static class OutboxApi
{
    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/outbox").WithTags("Outbox").RequireAuthorization(Policies.Watch);
        group.MapGet("/", List).WithSummary("Messages, newest first, without their contents");
        group.MapGet("/targets", Targets).WithSummary("What waits for each target, and what a pause would leave behind");
        Deed(group.MapPost("/targets/pause", Pause), "Send nothing there until it is resumed; what waits is kept in its order").Refuses(422);
        Deed(group.MapPost("/targets/resume", Resume), "Send there again");

        static RouteHandlerBuilder Deed(RouteHandlerBuilder deed, string summary) => deed.WithSummary(summary).RequireAuthorization(Policies.Operate).WithMetadata(Repeatable.Kept).Refuses(409);
    }

    private static async Task<Ok<TargetList>> Targets(OutgoingTargets targets, CancellationToken cancellationToken) => TypedResults.Ok(new TargetList(await targets.List(cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> Pause(TargetDesk desk, PausedTarget body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Pause(body.Target, body.Reason, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Resume(TargetDesk desk, ResumedTarget body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Resume(body.Target, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Ok<Page<OutboxLine>>> List(
        OutboxQueries queries, [AsParameters] OutboxListing asked, [AsParameters] Paging paging, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.List(
            new OutboxFilter { InstanceId = asked.InstanceId, Target = asked.Target, States = asked.State ?? [] }, paging.After, paging.Take, cancellationToken));
}

/// <summary>What a list of messages may be restricted to.</summary>
internal sealed record OutboxListing
{
    [FromQuery(Name = "instanceId")] public Guid? InstanceId { get; init; }

    [FromQuery(Name = "target")] public string? Target { get; init; }

    /// <summary>Pending, Started, Delivered, Dead, Halted; may be repeated.</summary>
    [FromQuery(Name = "state")] public string[]? State { get; init; }
}

public sealed record TargetList(IReadOnlyList<TargetFlow> Items);

/// <param name="Target">As the list of targets names it.</param>
/// <param name="Reason">Why, 3 to 500 characters.</param>
public sealed record PausedTarget(string? Target, string? Reason);

/// <param name="Target">As the list of targets names it.</param>
public sealed record ResumedTarget(string? Target);
