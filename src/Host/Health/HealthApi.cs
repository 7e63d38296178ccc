using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Startup;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Health;

/// <summary>Whether the process lives, can serve, and keeps its promises.</summary>
internal static class HealthApi
{
    /// <summary>For load balancers: no key is needed.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthState("live"))).WithTags("Health").WithSummary("The process runs").AllowAnonymous();
        routes.MapGet("/health/ready", Ready).WithTags("Health").WithSummary("The store is reachable and its tables are up to date").AllowAnonymous().Refuses(503);
    }

    public static void MapInvariants(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/invariants", Invariants).WithTags("Health").WithSummary("Violations of the engine's invariants K6–K10; none in a sound installation")
            .RequireAuthorization(Policies.Watch).Refuses(422);

    private static async Task<Results<Ok<HealthState>, ProblemHttpResult>> Ready(
        Opening opening, InstanceQueries queries, CancellationToken cancellationToken) =>
        opening.IsDone && await queries.IsReady(cancellationToken)
            ? TypedResults.Ok(new HealthState("ready"))
            : Refusal.Of(503, "store.notReady", "The store is not open yet.");

    private static async Task<Results<Ok<InvariantReport>, ProblemHttpResult>> Invariants(
        Installation installation, string? grace, CancellationToken cancellationToken)
    {
        var period = grace is null ? TimeSpan.FromMinutes(1) : Durations.Parse(grace);
        return period is null
            ? new Fields().Add("grace", "An ISO 8601 duration, such as PT1M.").Refused!
            : TypedResults.Ok(new InvariantReport(await installation.CheckInvariants(period.Value, cancellationToken)));
    }
}

public sealed record HealthState(string Status);

public sealed record InvariantReport(ImmutableArray<Violation> Violations);
