using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Needs beside service relief, referred to departments or met by temporary relief (大救助, P28), and all that a person gets.</summary>
internal static class LinkagesApi
{
    public static void MapLinkages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Linkage").RequireAuthorization(Policies.See);
        group.MapPost("/linkages", Begin).WithSummary("Begin the linkage of a person's need beside service relief")
            .WithDescription("The linkage has the id of the instance that is started, without hyphens. One that is open for the same need of the person goes on instead.").RequireAuthorization(Policies.Start).Begins();
        group.MapGet("/linkages", List).WithSummary("A county's linkages, newest first; only the open ones when asked");
        group.MapGet("/linkages/{id}", Find).WithSummary("A linkage with the departments that had it: how long, and with what answer").Refuses(404);
        group.MapGet("/persons/{id}/measures", Measures).WithSummary("All that a person gets, from all departments: one person, one relief chain").Refuses(404);
    }

    private static async Task<IResult> Begin(ReliefRecords records, NewLinkage body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("personId", body.PersonId is { Length: > 0 and <= 100 }, "The person.")
            .Check("need", body.Need is { } need && Enum.IsDefined(need), $"One of {string.Join(", ", Enum.GetNames<LinkageNeed>())}.")
            .Check("origin", body.Origin is null or { Length: > 0 and <= 30 }, "Where it comes from, at most 30 characters.")
            .Check("originId", body.OriginId is null ? body.Origin is null : body.OriginId.Length is > 0 and <= 100, "What it comes from; with an origin.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (!await db.Holds<Person>(body.PersonId!, cancellationToken))
            return Refusal.Of(404, "person.notFound", "There is no such person.");
        var (by, origin) = (context.User.By(), body.Origin ?? "Request");
        var originId = body.OriginId ?? RepeatedRequests.IdOf(context, "linkage").ToString("N");
        var start = new LinkageStart(body.PersonId!, body.Need.ToString()!, origin, originId, by).Child();
        return await records.Flows.Begin(StartInstance.Of(start, by), context, cancellationToken);
    }

    private static async Task<Ok<Listing<ReliefLinkage>>> List(ReliefRecords records, string county, bool? open, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<ReliefLinkage>(await new LinkageBook(db).Of(county, open ?? false, cancellationToken)));
    }

    private static async Task<Results<Ok<LinkageView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var book = new LinkageBook(db);
        return await book.Find(id, cancellationToken) is { } found
            ? TypedResults.Ok(new LinkageView(found, await book.Referrals(id, cancellationToken)))
            : Refusal.Of(404, "linkage.notFound", "There is no such linkage.");
    }

    private static async Task<Results<Ok<Listing<MeasureEntry>>, ProblemHttpResult>> Measures(ReliefRecords records, [FromRoute] string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await db.Holds<Person>(id, cancellationToken)
            ? TypedResults.Ok(new Listing<MeasureEntry>(await new MeasureQueries(db).Of(id, cancellationToken)))
            : Refusal.Of(404, "person.notFound", "There is no such person.");
    }
}

/// <summary>A need that is to be linked.</summary>
/// <param name="Need">Temporary, Medical, Education, Housing, Employment, Judicial or Disaster.</param>
/// <param name="Origin">Where it comes from; Request when nobody says.</param>
/// <param name="OriginId">What it comes from; each leads to one linkage.</param>
public sealed record NewLinkage(string? PersonId, LinkageNeed? Need, string? Origin, string? OriginId);

/// <summary>A linkage as it stands.</summary>
public sealed record LinkageView(ReliefLinkage Linkage, IReadOnlyList<LinkageReferral> Referrals);
