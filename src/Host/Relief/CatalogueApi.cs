using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Items and charge standards: proposed by one person, approved by the county.</summary>
internal static class CatalogueApi
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/catalogue").WithTags("Catalogue").RequireAuthorization(Policies.See);
        group.MapGet("/", List).WithSummary("The listed items of a county with their price for an area on a day, by code");
        group.MapPost("/items", ProposeItem).WithSummary("Propose an item").RequireAuthorization(Policies.Start).Begins();
        group.MapPost("/prices", ProposePrice).WithSummary("Propose a price").RequireAuthorization(Policies.Start).Begins();
    }

    private static async Task<Ok<Listing<PricedItem>>> List(ReliefRecords records, string county, string? area, DateOnly on, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<PricedItem>(await new CatalogueQueries(db).On(county, area ?? county, on, cancellationToken)));
    }

    private static Task<IResult> ProposeItem(ReliefRecords records, CatalogueForm body, HttpContext context, CancellationToken cancellationToken) =>
        records.Flows.Begin(StartOf("item", body, context.User.By()), context, cancellationToken);

    private static async Task<IResult> ProposePrice(ReliefRecords records, CatalogueForm body, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("price", body.Price > 0 && decimal.Round(body.Price, 2) == body.Price, "A positive price in yuan, to the cent.")
            .Check("validFrom", body.ValidFrom != default, "The first service date.")
            .Check("validTo", body.ValidTo is null || body.ValidTo >= body.ValidFrom, "Not before validFrom.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        return await new CatalogueQueries(db).Find(body.Code, cancellationToken) is null
            ? Refusal.Of(404, "catalogue.notFound", "There is no such item.")
            : await records.Flows.Begin(StartOf("price", body, context.User.By()), context, cancellationToken);
    }

    private static StartInstance StartOf(string kind, CatalogueForm entry, string by) =>
        new("procedure.catalogue", FlowJson.Of(new { kind, entry, by }), by) { BusinessKey = $"{kind}:{entry.Code}" };
}
