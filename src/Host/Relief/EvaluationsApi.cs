using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Evaluations;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Performance evaluation of suppliers and townships (CZ-035): reckoned from the records, confirmed by the county.</summary>
internal static class EvaluationsApi
{
    public static void MapEvaluations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/evaluations").WithTags("Oversight").RequireAuthorization(Policies.See);
        group.MapPost("/", Begin).WithSummary("Have a period's scores reckoned and put before the county; a supplier's confirmed score is its rating").RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/", List).WithSummary("A county's confirmed evaluations, the latest period first");
    }

    private static async Task<IResult> Begin(ReliefRecords records, EvaluatedPeriod body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("countyCode", await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("from", body.From is not null, "The first service day.")
            .Check("to", body.To is not null && body.To >= body.From, "The last service day, not before the first.");
        if (fields.Refused is { } refused)
            return refused;
        var (from, to) = (Text(body.From!.Value), Text(body.To!.Value));
        var start = new StartInstance("procedure.evaluation", FlowJson.Of(new { countyCode = body.CountyCode, from, to }), context.User.By())
        {
            BusinessKey = $"evaluation:{body.CountyCode}:{from}:{to}"
        };
        return await records.Flows.Begin(start, context, cancellationToken);
    }

    private static async Task<Ok<Listing<Evaluation>>> List(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Evaluation>(await new EvaluationQueries(db).Of(county, cancellationToken)));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A period that is evaluated.</summary>
public sealed record EvaluatedPeriod(string? CountyCode, DateOnly? From, DateOnly? To);
