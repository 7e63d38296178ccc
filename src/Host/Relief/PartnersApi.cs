using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What charities and other partners give: projects, lists, and the in-kind ledger.</summary>
internal static class PartnersApi
{
    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Partners").RequireAuthorization(Policies.See);
        group.MapGet("/charity-projects", Projects).WithSummary("A county's charity projects, oldest first");
        group.MapPost("/charity-projects", Register).WithSummary("Register a project that a charity has published")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(409, 422);
        group.MapGet("/charity-projects/{id}/lists", Lists).WithSummary("A project's lists of names, in their order");
        group.MapGet("/charity-lists/{id}", List).WithSummary("A list with the persons on it; their names until the charity has deleted it").Refuses(404);
        group.MapGet("/in-kind", InKind).WithSummary("A county's in-kind ledger of a year, by the day of handing over");
        group.MapGet("/orders/{id}/in-kind", InKindOfOrder).WithSummary("What was given under an order, oldest first");
    }

    private static async Task<Ok<Listing<CharityProject>>> Projects(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<CharityProject>(await new CharityQueries(db).Projects(county, cancellationToken)));
    }

    private static async Task<Results<Created<CharityProject>, ProblemHttpResult>> Register(
        ReliefRecords records, ProjectForm body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("name", body.Name is { Length: > 0 and <= 200 }, "1 to 200 characters.")
            .Check("itemCodes", body.ItemCodes is { Length: > 0 }, "The items of the catalogue that it answers.")
            .Check("capacity", body.Capacity > 0, "How many persons it can serve.")
            .Check("validTo", body.ValidFrom != default && body.ValidTo >= body.ValidFrom, "Not before validFrom, which is needed.")
            .Check("contact", body.Contact is { Length: > 0 and <= 500 }, "How people reach the charity by themselves, 1 to 500 characters.");
        if (fields.Refused is { } refused)
            return refused;
        var deed = await records.DeedOf(context, cancellationToken);
        var result = await records.Change(db => new CharityBook(db).Register(body, deed, cancellationToken), cancellationToken);
        if (result.Id is not { } id)
            return Refusal.Of(409, "charity.unknown", "There is no such charity in the county.");
        await using var db = records.Reading();
        return TypedResults.Created($"/api/v1/charity-projects/{id}/lists", await new CharityQueries(db).Project(id, cancellationToken));
    }

    private static async Task<Ok<Listing<CharityList>>> Lists(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<CharityList>(await new CharityQueries(db).Lists(id, cancellationToken)));
    }

    private static async Task<Results<Ok<CharityListView>, ProblemHttpResult>> List(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return await new CharityQueries(db).View(id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : Refusal.Of(404, "charityList.notFound", "There is no such list.");
    }

    private static async Task<Ok<Listing<InKindEntry>>> InKind(ReliefRecords records, string county, int year, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<InKindEntry>(await new InKindQueries(db).OfYear(county, year, cancellationToken)));
    }

    private static async Task<Ok<Listing<InKindEntry>>> InKindOfOrder(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<InKindEntry>(await new InKindQueries(db).OfOrder(id, cancellationToken)));
    }
}
