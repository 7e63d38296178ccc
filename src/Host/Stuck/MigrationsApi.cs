using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Operation;

namespace Relief.Flow.Host.Stuck;

/// <summary>Running instances go over to another version of their definition: reported first, then by a batch that a second person agrees to.</summary>
internal static class MigrationsApi
{
    public static void MapMigrations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/definitions/{definitionId}/migrations").WithTags("Repairs").RequireAuthorization(Policies.Operate);
        group.MapPost("/report", Report).WithSummary("What taking running instances over to another version would do; nothing is changed").Refuses(404, 422);
        group.MapPost("/", Ask).WithSummary("Take them over, once a second person agrees to the batch").WithMetadata(Repeatable.Kept).Refuses(404, 422);
    }

    private static async Task<Results<Ok<MigrationReport>, ProblemHttpResult>> Report(Migrations migrations, string definitionId, MigrationRequest body, CancellationToken cancellationToken)
    {
        var (report, refusal) = await migrations.Report(body.ToWish(definitionId), cancellationToken);
        return report is not null ? TypedResults.Ok(report) : Refused(refusal);
    }

    private static async Task<Results<Accepted<RepairBatch>, ProblemHttpResult>> Ask(
        MigrationDesk desk, string definitionId, MigrationRequest body, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (new Fields().CheckReason(body.Reason).Refused is { } refused)
            return refused;

        var (batch, refusal) = await desk.Ask(body.ToWish(definitionId), body.Reason!.Trim(), user.By(), cancellationToken);
        return batch is not null ? RepairsApi.Begun(batch) : Refused(refusal);
    }

    private static ProblemHttpResult Refused(MigrationRefusal? refusal) => refusal switch
    {
        MigrationRefusal.NoVersion => Refusal.Of(404, "definition.notFound", "There is no such definition, it has no such version, or none is published."),
        MigrationRefusal.NoPlace => new Fields().Add("places", "Every place must be a step of the version to go over to; the report names the choices.").Refused!,
        MigrationRefusal.TooMany => new Fields().Add("fromVersion", $"More than {RepairBatches.Most} instances: name a version, so that fewer are found.").Refused!,
        _ => Refusal.Of(422, "migration.nothing", "No open instance can go over: there is none, or each stands at a step that is not there. Ask for the report, and choose places.")
    };
}

/// <summary>Which instances go over to which version.</summary>
/// <param name="FromVersion">Only those of this version; null for those of every other version.</param>
/// <param name="ToVersion">Null for the published one.</param>
/// <param name="OfBatch">Only instances that this batch took over: how a migration is taken back.</param>
/// <param name="Places">Where instances go on that stand at a step which is not there: the step, and one of the same flowchart in the other version.</param>
/// <param name="Reason">Why, 3 to 500 characters; not asked for by the report.</param>
public sealed record MigrationRequest(int? FromVersion, int? ToVersion, Guid? OfBatch, Dictionary<string, string>? Places, string? Reason)
{
    internal MigrationWish ToWish(string definitionId) => new()
    {
        DefinitionId = definitionId, FromVersion = FromVersion, ToVersion = ToVersion, OfBatch = OfBatch, Places = Places ?? []
    };
}
