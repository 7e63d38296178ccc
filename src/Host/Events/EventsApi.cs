using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Events;

/// <summary>Tell waiting instances that something happened.</summary>
internal static class EventsApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/events", Publish).WithTags("Events")
            .WithSummary("Send an event, matched by name and correlation; kept for a while if nobody waits yet")
            .RequireAuthorization(Policies.Start).WithMetadata(Repeatable.Kept).Refuses(400, 413, 422);

    private static async Task<Results<Ok<PublishReceipt>, ProblemHttpResult>> Publish(
        Flows flows, PublishEvent body, HttpContext context, CancellationToken cancellationToken)
    {
        var keep = body.KeepFor is null ? EventToPublish.Week : Durations.Parse(body.KeepFor);
        var fields = new Fields()
            .Check("name", body.Name is { Length: > 0 and <= 300 }, "A name of 1 to 300 characters is needed.")
            .Check("correlationId", body.CorrelationId is null or { Length: > 0 and <= 200 }, "1 to 200 characters.")
            .Check("keepFor", keep <= Longest, "An ISO 8601 duration of at most 366 days, such as P7D; PT0S to keep nothing.");
        if (fields.Refused is { } refused)
            return refused;

        // A repeat after a crash between the event and its kept answer is recognised by the event itself.
        var published = new EventToPublish(body.Name!, body.CorrelationId, body.Payload, keep!.Value, RepeatedRequests.TextOf(context));
        return TypedResults.Ok(await flows.Publish(published, cancellationToken));
    }
}

/// <summary>An event.</summary>
/// <param name="Name">What the waiting activity waits for.</param>
/// <param name="CorrelationId">Only instances with this correlation get it; null for all that wait for the name.</param>
/// <param name="KeepFor">How long it is kept when nobody waits yet (ISO 8601); P7D when not said.</param>
public sealed record PublishEvent(string? Name, string? CorrelationId, JsonElement Payload, string? KeepFor);
