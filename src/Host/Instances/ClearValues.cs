using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Instances;

/// <summary>Shows an instance's values unmasked to somebody who says why: the reason is in the audit trail before a value is shown.</summary>
internal sealed class ClearValues(InstanceQueries instances, ReliefRecords records)
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/values", Show).WithSummary("The values of an instance in clear; who asked and why is kept in the audit trail")
            .RequireAuthorization(Policies.Unmask).WithMetadata(Repeatable.Never).Refuses(404, 422);

    /// <summary>The values; null when there is no such instance. Nothing is shown that could not be written down first.</summary>
    public async Task<InstanceDetail?> Of(Guid id, string reason, string by, CancellationToken cancellationToken)
    {
        if (await instances.Detail(id, cancellationToken) is not { } detail)
            return null;

        var deed = await records.DeedOf(by, cancellationToken);
        await records.Change(db => db.Audit($"instance:{id}", new AuditDetail("ValuesUnmasked", new { reason = reason.Trim() }), deed, cancellationToken), cancellationToken);
        return detail;
    }

    private static async Task<Results<Ok<UnmaskedValues>, ProblemHttpResult>> Show(ClearValues values, Guid id, Reason body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (new Fields().CheckReason(body.Text).Refused is { } refused)
            return refused;
        return await values.Of(id, body.Text!, user.By(), cancellationToken) is { } detail
            ? TypedResults.Ok(new UnmaskedValues(detail.Input, detail.Variables, detail.Output))
            : Refusal.Of(404, "instance.notFound", "There is no such instance.");
    }
}

/// <summary>What an instance holds, in clear.</summary>
/// <param name="Variables">By variable id.</param>
public sealed record UnmaskedValues(IReadOnlyDictionary<string, JsonElement> Input, IReadOnlyDictionary<string, JsonElement> Variables, IReadOnlyDictionary<string, JsonElement> Output);
