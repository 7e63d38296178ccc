using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Tasks;

/// <summary>Work goes back to a step that was done.</summary>
internal static class ReturnsApi
{
    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/{id:guid}/returns", Steps).WithSummary("The steps to which it can go back, the latest first").Refuses(404);
        Deed(tasks.MapPost("/{id:guid}/return", Return), "Send it back to a step that was done (驳回): that is done again, and all after it").Refuses(403);
        Deed(tasks.MapPost("/{id:guid}/withdraw", Withdraw), "Take one's own decision back while nobody has begun what came of it (撤回)");

        static RouteHandlerBuilder Deed(RouteHandlerBuilder deed, string summary) =>
            deed.WithSummary(summary).RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
    }

    private static async Task<Results<Ok<DoneSteps>, ProblemHttpResult>> Steps(ReturnDesk desk, Guid id, CancellationToken cancellationToken) =>
        await desk.Steps(id, cancellationToken) is { } steps ? TypedResults.Ok(new DoneSteps(steps)) : TasksApi.NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> Return(ReturnDesk desk, Guid id, ReturnTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Return(id, body, user.By(), user.Acting(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(ReturnDesk desk, Guid id, WithdrawTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Withdraw(id, body, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <summary>Steps that were done.</summary>
public sealed record DoneSteps(IReadOnlyList<DoneStep> Items);
