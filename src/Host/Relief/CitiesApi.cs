using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>A city over its counties (CZ-148, CZ-158): their figures side by side, urging, and adjusting service items. Nobody's name is seen from there.</summary>
internal static class CitiesApi
{
    public static void MapCities(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/cities").WithTags("City").RequireAuthorization(Policies.See);
        group.MapGet("/{code}/figures", Figures).WithSummary("The figures of all counties of a city, side by side").Refuses(404, 422);
        group.MapPost("/{code}/urgings", Urge).WithSummary("Ask a county or township about a figure or an overdue duty (催办)").RequireAuthorization(Policies.Work).Begins();
        group.MapGet("/{code}/urgings", Urgings).WithSummary("What a city has asked, with the answers, newest first").Refuses(404);
        group.MapPost("/{code}/adjustments", Adjust).WithSummary("Add, change or drop service items of a city's counties by a document; a second person of the city approves by a task")
            .RequireAuthorization(Policies.Work).Begins();
        group.MapGet("/{code}/adjustments", Adjustments).WithSummary("What a city has adjusted, newest first").Refuses(404);
        routes.MapGet("/urgings", UrgingsOf).WithTags("City").RequireAuthorization(Policies.See).WithSummary("What a county and its townships were asked by their city, newest first");
    }

    private static async Task<Results<Ok<CityFigures>, ProblemHttpResult>> Figures(FigureDesk desk, string code, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        if (await desk.Guided(code, cancellationToken) is not { } counties)
            return FigureDesk.NoCity();
        List<CountyFigures> all = [];
        foreach (var county in counties)
        {
            var (scope, refused) = await desk.ScopeOf(new AskedFigures(county.Code, null, from, to), cancellationToken);
            if (scope is null)
                return refused!;
            all.Add(new CountyFigures(county.Code, county.Name, await desk.Reckon((queries, token) => queries.Sheet(FigureList.All, scope, token), cancellationToken)));
        }

        return TypedResults.Ok(new CityFigures(code, from!.Value, to!.Value, all));
    }

    private static async Task<IResult> Urge(UrgingDesk desk, ReliefRecords records, string code, NewUrging body, HttpContext context, CancellationToken cancellationToken)
    {
        var id = RepeatedRequests.IdOf(context, "urging");
        var (asked, refused) = await desk.Look(code, body, new Deed(context.User.By(), await records.Now(cancellationToken), id.ToString("N")), cancellationToken);
        return asked is null ? refused! : await desk.Ask(asked, id, context, cancellationToken);
    }

    private static async Task<Results<Ok<Listing<Urging>>, ProblemHttpResult>> Urgings(FigureDesk desk, string code, CancellationToken cancellationToken)
    {
        if (await desk.Guided(code, cancellationToken) is null)
            return FigureDesk.NoCity();
        await using var db = desk.Records.ReadingAll();
        return TypedResults.Ok(new Listing<Urging>(await new CityQueries(db).Urgings(code, cancellationToken)));
    }

    private static async Task<Ok<Listing<Urging>>> UrgingsOf(ReliefRecords records, string county, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Urging>(await new CityQueries(db).UrgingsOf(county, cancellationToken)));
    }

    private static async Task<IResult> Adjust(FigureDesk desk, string code, NewAdjustment body, HttpContext context, CancellationToken cancellationToken)
    {
        if (await desk.Guided(code, cancellationToken) is not { } counties)
            return FigureDesk.NoCity();
        await using var db = desk.Records.ReadingAll();
        string[] codes = [.. counties.Select(county => county.Code)];
        var items = await new CatalogueQueries(db).Listed([.. (body.ItemCodes ?? []).Take(NewAdjustment.MostItems)], cancellationToken);
        if (body.Faults(codes, items) is { } refused)
            return refused;
        var (id, by) = (RepeatedRequests.IdOf(context, "adjustment"), context.User.By());
        var deed = new Deed(by, await desk.Records.Now(cancellationToken), id.ToString("N"));
        var start = new StartInstance("procedure.adjustment", FlowJson.Of(new { askedId = deed.Key }), by) { InstanceId = id, BusinessKey = AdjustmentBook.Chain(deed.Key) };
        return await desk.Records.Begin(start, (changing, inside) => new AdjustmentBook(changing).Ask(body.ToAsked((code, codes), items, deed), deed, inside), context, cancellationToken)
            ?? Refusal.Of(409, "adjustment.codeTaken", "An item with this code is there already; choose another code.");
    }

    private static async Task<Results<Ok<Listing<ItemAdjustment>>, ProblemHttpResult>> Adjustments(FigureDesk desk, string code, CancellationToken cancellationToken)
    {
        if (await desk.Guided(code, cancellationToken) is null)
            return FigureDesk.NoCity();
        await using var db = desk.Records.ReadingAll();
        return TypedResults.Ok(new Listing<ItemAdjustment>(await new CityQueries(db).Adjustments(code, cancellationToken)));
    }
}

/// <summary>A city's counties side by side.</summary>
public sealed record CityFigures(string CityCode, DateOnly From, DateOnly To, IReadOnlyList<CountyFigures> Counties);

/// <summary>One county's figures.</summary>
public sealed record CountyFigures(string CountyCode, string Name, IReadOnlyList<FigureValue> Figures);
