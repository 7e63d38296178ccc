using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Case conferences (一事一议, P16): asking for one, looking at what was said, voted and done, and at what earlier ones have left.</summary>
internal static class ConferencesApi
{
    public static void MapConferences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/conferences").WithTags("Oversight").RequireAuthorization(Policies.See);
        group.MapPost("/", Ask).WithSummary("Ask for a conference on a case, or on a common problem of a county; the county admits it and invites the units")
            .WithDescription("The conference has the id of the instance that is started, without hyphens.").RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/", List).WithSummary("A county's conferences, newest first; only those that are not over when asked");
        group.MapGet("/precedents", Precedents).WithSummary("What earlier conferences have left for others to learn from, newest first; it binds nobody").Refuses(422);
        group.MapGet("/{id}", Find).WithSummary("A conference with its units, opinions, votes, tally and measures").Refuses(404);
    }

    /// <summary>Asks for a conference, once per deed; its id, or why not.</summary>
    public static async Task<(string? ConferenceId, ProblemHttpResult? Refused)> Call(ReliefRecords records, AskedMeeting body, Deed deed, CancellationToken cancellationToken)
    {
        var (start, refused) = await StartOf(records, body, deed.By, cancellationToken);
        if (start is null)
            return (null, refused);
        var id = InstanceIds.Of("conference:" + deed.Key);
        await records.Flows.Start(start with { InstanceId = id }, cancellationToken);
        return (id.ToString("N"), null);
    }

    private static async Task<IResult> Ask(ReliefRecords records, AskedMeeting body, HttpContext context, CancellationToken cancellationToken)
    {
        var (start, refused) = await StartOf(records, body, context.User.By(), cancellationToken);
        return start is null ? refused! : await records.Flows.Begin(start, context, cancellationToken);
    }

    private static async Task<(StartInstance? Start, ProblemHttpResult? Refused)> StartOf(ReliefRecords records, AskedMeeting body, string by, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var fields = new Fields()
            .Check("caseId", body.CaseId is null != body.CountyCode is null, "Either the case, or the county of a common problem.")
            .Check("countyCode", body.CountyCode is null || await new AreaQueries(db).IsCounty(body.CountyCode, cancellationToken), "The code of a county that is kept here.")
            .Check("situation", Known(body.Situation), $"One of {string.Join(", ", Enum.GetNames<ConferenceSituation>())}.")
            .Check("because", body.Because is { Length: > 0 and <= 2000 } && !PersonReference.HoldsNumber(body.Because), "Why no rule helps, in words, without a name or a number.");
        if (fields.Refused is { } refused)
            return (null, refused);
        var about = body.CaseId is { } caseId ? await new CaseQueries(db).Find(caseId, cancellationToken) : null;
        if (body.CaseId is not null && about is null)
            return (null, Refusal.Of(404, "case.notFound", "There is no such case."));
        return (new StartInstance("procedure.conference", FlowJson.Of(new { caseId = body.CaseId, countyCode = body.CountyCode, situation = body.Situation, because = body.Because, by }), by)
        {
            BusinessKey = "conference:" + (body.CaseId ?? body.CountyCode), SubjectId = about is null ? null : "person:" + about.Case.PersonId
        }, null);
    }

    private static async Task<Ok<Listing<Conference>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Conference>(await new ConferenceQueries(db).Of(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<Listing<Conference>>, ProblemHttpResult>> Precedents(ReliefRecords records, string county, string? situation, CancellationToken cancellationToken)
    {
        if (new Fields().Check("situation", situation is null || Known(situation), $"One of {string.Join(", ", Enum.GetNames<ConferenceSituation>())}.").Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Conference>(await new ConferenceQueries(db).Precedents(county, situation is null ? null : Enum.Parse<ConferenceSituation>(situation), cancellationToken)));
    }

    private static async Task<Results<Ok<ConferenceView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new ConferenceQueries(db).View(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Refusal.Of(404, "conference.notFound", "There is no such conference.");
    }

    private static bool Known(string? situation) => Enum.GetNames<ConferenceSituation>().Contains(situation);
}

/// <summary>A conference that is asked for.</summary>
/// <param name="Situation">NoPolicyFits, SeveralDepartments, SuddenExpense, SupplierDeadlock, PolicyConflict or Systemic.</param>
/// <param name="Because">Why no rule helps, without a name.</param>
public sealed record AskedMeeting(string? CaseId, string? CountyCode, string? Situation, string? Because);
