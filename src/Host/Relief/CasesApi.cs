using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Look at cases. Who a person is stands nowhere in a list.</summary>
internal static class CasesApi
{
    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/cases").WithTags("Relief").RequireAuthorization(Policies.See);

        group.MapGet("/", List).WithSummary("Cases, newest first").Refuses(422);
        group.MapGet("/{id}", Get).WithSummary("A case with its needs and its timeline").Refuses(404);
    }

    private static async Task<Results<Ok<CasePage>, ProblemHttpResult>> List(
        ReliefRecords records, [AsParameters] CaseListing asked, CancellationToken cancellationToken)
    {
        var take = asked.Take ?? 50;
        if (new Fields().Check("take", take is >= 1 and <= 100, "1 to 100.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        var found = await new CaseList(db).Find(asked.ToFilter(take + 1), cancellationToken);
        return TypedResults.Ok(new CasePage([.. found.Take(take)], found.Count > take ? found[take - 1].Id : null));
    }

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> Get(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new CaseQueries(db).Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Refusal.Of(404, "case.notFound", "There is no such case.");
    }
}

/// <summary>A page of cases.</summary>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last.</param>
public sealed record CasePage(IReadOnlyList<Case> Items, string? Next);
