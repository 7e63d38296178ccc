using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Clock;

/// <summary>Business time: read it, and in a test system let it pass.</summary>
internal static class ClockApi
{
    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/clock").WithTags("Clock").RequireAuthorization(Policies.See);

        group.MapGet("/", Read).WithSummary("Business time now");
        group.MapPost("/advance", Advance).WithSummary("Let time pass, from due instant to due instant, and wait until all that became due has run")
            .RequireAuthorization(Policies.Operate).WithMetadata(Repeatable.Never).Refuses(409, 422);
    }

    private static async Task<Ok<FlowClock>> Read(Flows flows, CancellationToken cancellationToken) => TypedResults.Ok(await flows.Clock(cancellationToken));

    private static async Task<Results<Ok<FlowClock>, ProblemHttpResult>> Advance(
        Flows flows, ManualClock manual, InstanceQueries instances, AdvanceClock body, CancellationToken cancellationToken)
    {
        var clock = await flows.Clock(cancellationToken);
        if (!clock.IsManual)
            return NotManual();

        var by = Durations.Parse(body.By);
        var fields = new Fields()
            .Check("by", body.By is null || by is not null, "An ISO 8601 duration, such as P3D.")
            .Check("to", body.By is null != body.To is null, "Give either by or to.")
            .Check("to", body.To is null || body.To >= clock.Now, "Time does not go back.");
        if (fields.Refused is { } refused)
            return refused;

        return await manual.Advance(body.To ?? clock.Now + by!.Value, cancellationToken) switch
        {
            Advanced advanced => TypedResults.Ok(new FlowClock(advanced.Now, true)),
            StillRunning still => Refusal.Of(409, "clock.stillRunning", "Some of what became due has not come to rest in time.",
                ("now", still.Now), ("agenda", still.Agenda),
                ("running", (await instances.List(new InstanceFilter { Statuses = ["Running"] }, null, null, cancellationToken)).Items.Select(one => one.Id))),
            _ => NotManual()
        };
    }

    private static ProblemHttpResult NotManual() =>
        Refusal.Of(409, "clock.notManual", "The clock of this installation runs by itself (Relief:Clock:Manual).");
}

/// <param name="By">An ISO 8601 duration.</param>
/// <param name="To">An instant.</param>
public sealed record AdvanceClock(string? By, DateTimeOffset? To);
