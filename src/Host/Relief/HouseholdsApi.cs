using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Households (户, X01): who lives with whom, and the folder that holds their personal files.</summary>
internal static class HouseholdsApi
{
    private const int Most = 30;

    public static void MapHouseholds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/households").WithTags("Relief").RequireAuthorization(Policies.See);
        group.MapGet("/", Of).WithSummary("The household in which a person lives, if one is known");
        group.MapGet("/{id}", Find).WithSummary("A household: its folder, its head and who lives in it").Refuses(404);
        group.MapPost("/", Register).WithSummary("Register who lives together; their files lie in one folder, numbered in its village")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(422);
        group.MapPut("/{id}", Keep).WithSummary("From now on these live in it and nobody else: births, marriages, who moved out")
            .WithDescription("Who lived in another household has left it. Members whom the caller may not see stay. Papers that were filed stay in the folder in which they lie.")
            .RequireAuthorization(Policies.Work).Refuses(404, 422);
    }

    private static async Task<Ok<Listing<HouseholdView>>> Of(ReliefRecords records, string person, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        var found = await new PersonQueries(db).Find(person, cancellationToken) is { HouseholdId: { } id } ? await View(db, id, cancellationToken) : null;
        return TypedResults.Ok(new Listing<HouseholdView>(found is null ? [] : [found]));
    }

    private static async Task<Results<Ok<HouseholdView>, ProblemHttpResult>> Find(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await View(db, id, cancellationToken) is { } found ? TypedResults.Ok(found) : Unknown();
    }

    private static async Task<Results<Created<HouseholdView>, ProblemHttpResult>> Register(ReliefRecords records, KeptHousehold body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await Check(db, body, null, cancellationToken) is { } refused)
            return refused;
        var deed = await records.DeedOf(context, cancellationToken);
        var household = await records.Change(change => new HouseholdBook(change).Register(body.Entry, deed, cancellationToken), cancellationToken);
        return TypedResults.Created($"/api/v1/households/{household.Id}", (await View(db, household.Id, cancellationToken))!);
    }

    private static async Task<Results<Ok<HouseholdView>, ProblemHttpResult>> Keep(ReliefRecords records, string id, KeptHousehold body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new HouseholdBook(db).Find(id, cancellationToken) is not { } household)
            return Unknown();
        if (await Check(db, body, household.CountyCode, cancellationToken) is { } refused)
            return refused;
        await using var all = records.ReadingAll();
        var seen = await new HouseholdBook(db).Members(id, cancellationToken);
        var unseen = (await new HouseholdBook(all).Members(id, cancellationToken)).Select(person => person.Id).Except(seen.Select(person => person.Id));
        var entry = body.Entry with { MemberIds = [.. body.MemberIds!, .. unseen] };
        var deed = await records.DeedOf(context, cancellationToken);
        await records.Change(change => new HouseholdBook(change).Keep(household, entry, deed, cancellationToken), cancellationToken);
        return TypedResults.Ok((await View(db, id, cancellationToken))!);
    }

    private static async Task<ProblemHttpResult?> Check(ReliefDbContext db, KeptHousehold body, string? county, CancellationToken cancellationToken)
    {
        string[] asked = [.. (body.MemberIds ?? []).OfType<string>().Distinct()];
        var persons = await new PersonQueries(db).Known(asked, cancellationToken);
        var counties = persons.Select(person => person.CountyCode).Append(county).OfType<string>().Distinct().Count();
        return new Fields()
            .Check("memberIds", asked.Length is > 0 and <= Most && asked.Length == body.MemberIds!.Count, $"Who lives in it, 1 to {Most} persons, each once.")
            .Check("memberIds", persons.Count == asked.Length && counties <= 1, "Persons of one county who are on the records and yours to see.")
            .Check("memberIds", persons.All(person => person.LifeStatus != LifeStatus.Dead), "Somebody of them is dead.")
            .Check("headPersonId", body.HeadPersonId is null || asked.Contains(body.HeadPersonId), "One of the members.")
            .Check("houseType", body.HouseType is null or { Length: <= 100 }, "The dwelling, 100 characters at most.")
            .Refused;
    }

    private static async Task<HouseholdView?> View(ReliefDbContext db, string id, CancellationToken cancellationToken)
    {
        var book = new HouseholdBook(db);
        return await book.Find(id, cancellationToken) is { } household
            ? new HouseholdView(household.Id, household.AreaCode, household.FolderNumber, household.HeadPersonId, household.HouseType, [.. (await book.Members(id, cancellationToken)).Select(person => person.Id)])
            : null;
    }

    private static ProblemHttpResult Unknown() => Refusal.Of(404, "household.notFound", "There is no such household, or it is not yours to see.");
}

/// <summary>Who lives together.</summary>
/// <param name="MemberIds">Persons of one county, each once.</param>
/// <param name="HeadPersonId">The head, one of them; may be left out.</param>
/// <param name="HouseType">The dwelling; may be left out.</param>
public sealed record KeptHousehold(IReadOnlyList<string>? MemberIds, string? HeadPersonId, string? HouseType)
{
    internal HouseholdEntry Entry => new(MemberIds ?? [], HeadPersonId, HouseType);
}

/// <summary>A household.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="AreaCode">The village.</param>
/// <param name="FolderNumber">The number on the folder.</param>
/// <param name="HeadPersonId">The head.</param>
/// <param name="HouseType">The dwelling.</param>
/// <param name="MemberIds">Who lives in it, as far as you may see them.</param>
public sealed record HouseholdView(string Id, string AreaCode, string FolderNumber, string? HeadPersonId, string? HouseType, IReadOnlyList<string> MemberIds);
