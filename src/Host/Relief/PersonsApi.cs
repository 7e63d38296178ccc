using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Find a person by the ID number, which travels in the body and never in an address; and take back an allegation against a guardian (E10).</summary>
internal static class PersonsApi
{
    public static void MapPersons(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/persons/search", Search).WithTags("Relief").WithSummary("Find a person by county and ID number")
            .RequireAuthorization(Policies.See).WithMetadata(Repeatable.Never).Refuses(404, 422);
        routes.MapPost("/persons/{id}/guardian-clearances", Clear).WithTags("Relief").WithSummary("The county finds that an allegation against a person's guardian was wrong: they answer and are told again")
            .WithDescription("Decided by somebody other than who reported the allegation, on an authority's finding; both stand in the person's audit trail.")
            .RequireAuthorization(Policies.Govern).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Clear(ReliefRecords records, string id, ClearedGuardian body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("reference", body.Reference?.Trim() is { Length: > 0 and <= 100 } reference && !PersonReference.HoldsNumber(reference), "The number of the authority's finding, 1 to 100 characters, not of a person.")
            .Check("reason", body.Reason?.Trim() is { Length: > 0 and <= 1000 } reason && !PersonReference.HoldsNumber(reason), "Why the allegation was wrong, 1 to 1000 characters, without a number of a person.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new PersonQueries(db).Find(id, cancellationToken) is null)
            return Refusal.Of(404, "person.notFound", "There is no such person, or it is not yours to see.");
        var deed = await records.DeedOf(context, cancellationToken);
        if ((await new StaffQueries(db).KinOf(id, cancellationToken)).Contains(deed.By))
            return Refusal.Of(403, "guardian.kin", "Who is kin or agent of the person does not decide this: somebody else of the county does.");
        return await records.Change(change => new IdentityBook(change).ClearGuardian(id, (body.Reference!.Trim(), body.Reason!.Trim()), deed, cancellationToken), cancellationToken) switch
        {
            null => TypedResults.NoContent(),
            "samePerson" => Refusal.Of(403, "guardian.samePerson", "Who reported the allegation does not take it back: somebody else of the county decides."),
            _ => Refusal.Of(409, "guardian.notAlleged", "Nothing is alleged against this person's guardian.")
        };
    }

    private static async Task<Results<Ok<FoundPerson>, ProblemHttpResult>> Search(ReliefRecords records, SearchPerson body, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("countyCode", body.CountyCode is { Length: > 0 }, "The county's code.")
            .Check("idNumber", body.IdNumber is { Length: > 0 }, "The ID number.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return await new PersonBook(db, records.Key).Find(body.CountyCode!, body.IdNumber!, cancellationToken) is { } person
            ? TypedResults.Ok(new FoundPerson(person.Id, person.Name, person.AreaCode, person.LifeStatus))
            : Refusal.Of(404, "person.notFound", "Nobody with this number is known in the county.");
    }
}

public sealed record SearchPerson(string? CountyCode, string? IdNumber);

public sealed record FoundPerson(string PersonId, string Name, string AreaCode, LifeStatus LifeStatus);

/// <summary>That an allegation against a guardian was wrong.</summary>
/// <param name="Reference">The number of the authority's finding.</param>
/// <param name="Reason">Why it was wrong.</param>
public sealed record ClearedGuardian(string? Reference, string? Reason);
