using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Find a person by the ID number, which travels in the body and never in an address.</summary>
internal static class PersonsApi
{
    public static void MapPersons(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/persons/search", Search).WithTags("Relief").WithSummary("Find a person by county and ID number")
            .RequireAuthorization(Policies.See).WithMetadata(Repeatable.Never).Refuses(404, 422);
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
