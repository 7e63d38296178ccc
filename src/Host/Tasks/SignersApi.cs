using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Tasks;

/// <summary>Others sign a task before it is decided.</summary>
internal static class SignersApi
{
    public static void Map(RouteGroupBuilder tasks)
    {
        Deed(tasks.MapPost("/{id:guid}/signers", Ask), "Ask others to sign before it is decided (加签): all (会签), any (或签) or in turn (依次)").Refuses(422);
        Deed(tasks.MapDelete("/{id:guid}/signers/{staff}", Spare), "Ask somebody no longer who has not signed (减签)");
        Deed(tasks.MapPost("/{id:guid}/sign", Sign), "Sign it, agreeing or not; once").Refuses(422);

        static RouteHandlerBuilder Deed(RouteHandlerBuilder deed, string summary) =>
            deed.WithSummary(summary).RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Ask(SignerDesk desk, Guid id, AskSigners body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Ask(id, body, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Spare(SignerDesk desk, Guid id, string staff, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Spare(id, staff, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> Sign(SignerDesk desk, Guid id, SignTask body, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Sign(id, body, user.By(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <param name="Staff">Staff ids in the order in which they sign, after those who were asked before.</param>
/// <param name="Mode">All, Any or InTurn; it holds for everybody who is asked for this task.</param>
public sealed record AskSigners(IReadOnlyList<string>? Staff, SigningMode? Mode);

/// <param name="Note">Needed from who does not agree; at most 500 characters.</param>
public sealed record SignTask(bool? Agrees, string? Note);
