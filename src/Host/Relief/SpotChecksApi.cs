using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Spot checks (P14): beginning a county's year, its draws with their proof, and how much of its services was checked.</summary>
internal static class SpotChecksApi
{
    public static void MapSpotChecks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/spot-checks").WithTags("Oversight").RequireAuthorization(Policies.See);
        group.MapPost("/", Begin).WithSummary("Begin a county's year of spot checks; the months that are over are drawn at once, the others on the fifth of the next")
            .RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/", List).WithSummary("A county's draws of a year, oldest first");
        group.MapGet("/ratio", Ratio).WithSummary("The share of a year's services that was checked, with its forecast: county, townships and suppliers, reckoned from the records that the caller may see");
        group.MapGet("/{id}", Find).WithSummary("A draw with its strata, the services drawn and what was found").Refuses(404);
        group.MapGet("/{id}/proof", Proof).WithSummary("A draw reckoned again from its seed and population, beside what was drawn").Refuses(404);
    }

    private static async Task<IResult> Begin(ReliefRecords records, BegunYear body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("year", body.Year is >= 2000 and <= 2100, "The calendar year.");
        if (fields.Refused is { } refused)
            return refused;
        var year = SpotCheckYear.IdOf(body.CountyCode!, body.Year!.Value);
        var start = new StartInstance("procedure.spotcheck", FlowJson.Of(new { countyCode = body.CountyCode, year = body.Year }), context.User.By())
        {
            BusinessKey = "spot-checks:" + year, InstanceId = InstanceIds.Of("spot-checks:" + year)
        };
        return await records.Flows.Begin(start, context, cancellationToken);
    }

    private static async Task<Ok<Listing<SpotCheckPlan>>> List(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<SpotCheckPlan>(await new SpotCheckQueries(db).Plans(county, year, cancellationToken)));
    }

    private static async Task<Ok<YearRatio>> Ratio(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(await new RatioQueries(db).Of(county, year, await records.Now(cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new SpotCheckQueries(db).View(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static async Task<Results<Ok<DrawProof>, ProblemHttpResult>> Proof(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new SpotCheckQueries(db).Proof(id, cancellationToken) is { } found ? TypedResults.Ok(found) : NotFound();
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "spotCheck.notFound", "There is no such draw.");
}

/// <summary>A county's year of spot checks.</summary>
public sealed record BegunYear(string? CountyCode, int? Year);
