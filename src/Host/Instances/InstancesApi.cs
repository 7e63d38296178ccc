using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Instances;

/// <summary>Look at running and ended pathways, and mend, stop or end them.</summary>
internal static class InstancesApi
{
    public static void MapInstances(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/instances").WithTags("Instances").RequireAuthorization(Policies.See);

        group.MapGet("/", List).WithSummary("Instances, newest first").Refuses(422);
        group.MapGet("/{id:guid}", Get).WithSummary("One instance: where it waits, its values with what is sensitive masked, its incidents").Refuses(404);
        group.MapGet("/{id:guid}/journal", Journal).WithSummary("What it did, oldest first; pages are cut between bursts").Refuses(404);
        group.MapGet("/{id:guid}/incidents", Incidents).WithSummary("Incidents that are not resolved").Refuses(404);

        ClearValues.Map(group);
        Deed(group.MapPost("/{id:guid}/cancel", Cancel), "End it and everything in it");
        Deed(group.MapPost("/{id:guid}/retry", Retry), "Try again what has an incident: one run, or all");
        Deed(group.MapPost("/{id:guid}/suspend", Suspend), "Let it stand still; its mail is kept");
        Deed(group.MapPost("/{id:guid}/resume", Resume), "Let it go on after a suspend");

        static void Deed(RouteHandlerBuilder deed, string summary) =>
            deed.WithSummary(summary).RequireAuthorization(Policies.Operate).WithMetadata(Repeatable.Kept).Refuses(404, 409);
    }

    private static async Task<Results<Ok<Page<InstanceSummary>>, ProblemHttpResult>> List(
        InstanceQueries queries, TimeProvider time, [AsParameters] InstanceListing asked, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("after", string.IsNullOrEmpty(asked.After) || Cursor.Parse(asked.After) is not null, "Give what an earlier page returned as next.")
            .Check("take", asked.Take is null or (>= 1 and <= Cursor.MaxTake), $"1 to {Cursor.MaxTake}.")
            .Check("olderThan", asked.OlderThan is null || Durations.Parse(asked.OlderThan) is not null, "An ISO 8601 duration, such as P3D.");
        return fields.Refused is { } refused
            ? refused
            : TypedResults.Ok(await queries.List(asked.ToFilter(time.GetUtcNow()), asked.After, asked.Take, cancellationToken));
    }

    private static async Task<Results<Ok<InstanceDetail>, ProblemHttpResult>> Get(InstanceQueries queries, Guid id, CancellationToken cancellationToken) =>
        await queries.Detail(id, cancellationToken) is { } found ? TypedResults.Ok(found.Masked()) : NotFound();

    private static async Task<Results<Ok<Page<JournalLine>>, ProblemHttpResult>> Journal(
        InstanceQueries instances, JournalQueries journal, Guid id, [AsParameters] Paging paging, CancellationToken cancellationToken) =>
        await instances.Find(id, cancellationToken) is null
            ? NotFound()
            : TypedResults.Ok(await journal.List(id, paging.After, paging.Take, cancellationToken));

    private static async Task<Results<Ok<IncidentList>, ProblemHttpResult>> Incidents(InstanceQueries queries, Guid id, CancellationToken cancellationToken) =>
        await queries.Detail(id, cancellationToken) is { } found ? TypedResults.Ok(new IncidentList(found.Incidents)) : NotFound();

    private static async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Cancel(
        InstanceDoor door, Guid id, [FromBody] Reason? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await door.Answer(id, await door.Flows.Cancel(id, body?.Text, user.By(), cancellationToken), cancellationToken);

    private static async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Retry(
        InstanceDoor door, Guid id, [FromBody] RetryRequest? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await door.Retry(id, body?.Ordinal, user.By(), cancellationToken);

    private static async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Suspend(
        InstanceDoor door, Guid id, [FromBody] Reason? body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await door.Answer(id, await door.Flows.Suspend(id, body?.Text, user.By(), cancellationToken), cancellationToken);

    private static async Task<Results<Accepted<InstanceDeed>, ProblemHttpResult>> Resume(
        InstanceDoor door, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await door.Answer(id, await door.Flows.Resume(id, user.By(), cancellationToken), cancellationToken);

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "instance.notFound", "There is no such instance.");
}

/// <summary>What a list of instances may be restricted to.</summary>
internal sealed record InstanceListing
{
    [FromQuery(Name = "definitionId")] public string? DefinitionId { get; init; }

    /// <summary>Running, Waiting, Faulted, Suspended, Finished, Cancelled; may be repeated.</summary>
    [FromQuery(Name = "status")] public string[]? Status { get; init; }

    [FromQuery(Name = "correlationId")] public string? CorrelationId { get; init; }

    [FromQuery(Name = "businessKey")] public string? BusinessKey { get; init; }

    [FromQuery(Name = "subjectId")] public string? SubjectId { get; init; }

    [FromQuery(Name = "parentId")] public Guid? ParentId { get; init; }

    [FromQuery(Name = "hasIncidents")] public bool? HasIncidents { get; init; }

    /// <summary>Begun at or after.</summary>
    [FromQuery(Name = "since")] public DateTimeOffset? Since { get; init; }

    /// <summary>Begun before.</summary>
    [FromQuery(Name = "until")] public DateTimeOffset? Until { get; init; }

    /// <summary>Begun longer ago than this ISO 8601 duration, by the wall clock.</summary>
    [FromQuery(Name = "olderThan")] public string? OlderThan { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    [FromQuery(Name = "take")] public int? Take { get; init; }

    public InstanceFilter ToFilter(DateTimeOffset now) => new()
    {
        DefinitionId = DefinitionId,
        Statuses = Status ?? [],
        CorrelationId = CorrelationId,
        BusinessKey = BusinessKey,
        SubjectId = SubjectId,
        ParentId = ParentId,
        HasIncidents = HasIncidents,
        Since = Since,
        Until = Durations.Parse(OlderThan) is { } age && (Until is null || now - age < Until) ? now - age : Until
    };
}

public sealed record IncidentList(IReadOnlyList<IncidentLine> Items);

/// <param name="Text">Recorded in the journal.</param>
public sealed record Reason([property: System.Text.Json.Serialization.JsonPropertyName("reason")] string? Text);

/// <param name="Ordinal">The run to try again, as its incident names it; null for all.</param>
public sealed record RetryRequest(long? Ordinal);

/// <summary>What was asked of an instance is in its mailbox.</summary>
public sealed record InstanceDeed(Guid InstanceId, bool Repeated);
