using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>The emergency fast track (急难快速通道, P29): beginning one, and the county's board of what was given and is not regularised.</summary>
internal static class FastTracksApi
{
    public static void MapFastTracks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/fast-tracks").WithTags("Emergency").RequireAuthorization(Policies.See);
        group.MapPost("/", Begin).WithSummary("Begin the fast track of a person's emergency")
            .WithDescription("The emergency has the id of the instance that is started, without hyphens. One that is open for the person goes on instead.").RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/", List).WithSummary("A county's emergencies, newest first; or its board: what is approved and not regularised, the next to be due first");
        group.MapGet("/{id}", Find).WithSummary("An emergency: who proposed and approved it by which way and when, and how it ended").Refuses(404);
    }

    private static async Task<IResult> Begin(ReliefRecords records, NewFastTrack body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("personId", body.PersonId is { Length: > 0 and <= 100 }, "The person.")
            .Check("originId", body.OriginId is null or { Length: > 0 and <= 100 }, "What it comes from, at most 100 characters.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Person>(body.PersonId!, cancellationToken))
            return Refusal.Of(404, "person.notFound", "There is no such person.");
        var by = context.User.By();
        var originId = body.OriginId ?? RepeatedRequests.IdOf(context, "fasttrack").ToString("N");
        return await records.Flows.Begin(StartInstance.Of(EmergencyStart.Of(body.PersonId!, (EmergencyOrigin.Request, originId), by), by), context, cancellationToken);
    }

    private static async Task<Ok<Listing<EmergencyRelief>>> List(ReliefRecords records, string county, bool? unregularised, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<EmergencyRelief>(await new EmergencyBook(db).Of(county, unregularised ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<EmergencyRelief>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new EmergencyBook(db).Find(id, cancellationToken) is { } found ? TypedResults.Ok(found) : Refusal.Of(404, "fastTrack.notFound", "There is no such emergency.");
    }
}

/// <summary>An emergency that is to be put on the fast track.</summary>
/// <param name="PersonId">The person of the register.</param>
/// <param name="OriginId">What it comes from, of another system; each leads to one.</param>
public sealed record NewFastTrack(string? PersonId, string? OriginId);
