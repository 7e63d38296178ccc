using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Outbox;

/// <summary>What left or is to leave the house.</summary>
internal static class OutboxApi
{
    public static void MapOutbox(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/outbox", List).WithTags("Outbox").WithSummary("Messages, newest first, without their contents").RequireAuthorization(Policies.Watch);

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
