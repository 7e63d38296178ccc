using Relief.Flow.Activities;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Pathways;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Starts a procedure on behalf of a request about the records.</summary>
internal static class Procedures
{
    /// <summary>Starts it and answers as the start of a pathway does; a repeat with the same Idempotency-Key gets the first answer.</summary>
    public static async Task<IResult> Begin(this Flows flows, StartInstance start, HttpContext context, CancellationToken cancellationToken) =>
        PathwaysApi.Answer(await flows.Start(start with { Key = RepeatedRequests.KeyOf(context) }, cancellationToken), start.DefinitionId, context);

    /// <summary>The same, in one transaction with the records that it begins with; null when these say that there is nothing to begin.</summary>
    public static async Task<IResult?> Begin(
        this ReliefRecords records, StartInstance start, Func<ReliefDbContext, CancellationToken, Task<bool>> change, HttpContext context, CancellationToken cancellationToken)
    {
        var started = await records.Flows.StartWithRecords(start with { Key = RepeatedRequests.KeyOf(context) }, async (unit, inside) =>
        {
            await using var db = ReliefDbContext.Over(unit);
            return await change(db, inside);
        }, cancellationToken);
        return started is null ? null : PathwaysApi.Answer(started, start.DefinitionId, context);
    }

    /// <summary>Names in the API's description what <see cref="Begin"/> answers.</summary>
    public static RouteHandlerBuilder Begins(this RouteHandlerBuilder route) =>
        route.WithMetadata(Repeatable.Stated).Produces<StartedInstance>(StatusCodes.Status202Accepted).Refuses(404, 409, 422);
}
