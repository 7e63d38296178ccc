using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Adapters;

/// <summary>What the big-data system has against ours, day by day (S05).</summary>
internal static class ReconciliationsApi
{
    public static void MapReconciliations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/adapters/surveys/reconciliations").WithTags("Adapters");
        group.MapGet("/", List).RequireAuthorization(Policies.See).WithSummary("The comparisons of a county, newest first: what is missing, different or unknown there");
        group.MapPost("/", Run).RequireAuthorization(Policies.Operate).WithMetadata(Repeatable.Kept).WithSummary("Compare now what has not been compared today; it is done every day by itself");
    }

    private static async Task<Ok<Listing<Reconciliation>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Reconciliation>(await new ReconciliationBook(db).Of(county, Adapter.Surveys, cancellationToken)));
    }

    private static async Task<Ok<ComparedCounties>> Run(SurveyReconciler reconciler, CancellationToken cancellationToken) => TypedResults.Ok(new ComparedCounties(await reconciler.RunOnce(cancellationToken)));
}

/// <param name="Compared">How many counties were compared now.</param>
public sealed record ComparedCounties(int Compared);
