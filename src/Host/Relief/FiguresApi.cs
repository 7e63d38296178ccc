using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Statistics as sums of linked records (INV-29): every figure is reckoned when it is asked and opens to its records. There is no address to which one could be sent.</summary>
internal static class FiguresApi
{
    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/figures").WithTags("Figures").RequireAuthorization(Policies.See);
        group.MapGet("/", Sheet).WithSummary("Every figure of a county or a township in a period, with what it counts").Refuses(404, 422);
        group.MapGet("/sheet.csv", Csv).WithSummary("The same as CSV (UTF-8 with a byte order mark)").Produces<string>(contentType: "text/csv").Refuses(404, 422);
        group.MapGet("/{key}", One).WithSummary("One figure by township and by month").Refuses(404, 422);
        group.MapGet("/{key}/records", Records).WithSummary("The records that a figure is the sum of, by id; who they are about stands nowhere").Refuses(404, 422);
    }

    private static async Task<Results<Ok<FigureSheet>, ProblemHttpResult>> Sheet(FigureDesk desk, [AsParameters] FigureQuery asked, CancellationToken cancellationToken)
    {
        var (scope, refused) = await desk.ScopeOf(asked.ToAsked(), cancellationToken);
        if (scope is null)
            return refused!;
        var values = await desk.Reckon((queries, token) => queries.Sheet(FigureList.All, scope, token), cancellationToken);
        return TypedResults.Ok(new FigureSheet(scope.CountyCode, asked.Township, scope.From, scope.To, [.. FigureList.All.Zip(values, ShownFigure.Of)]));
    }

    private static async Task<IResult> Csv(FigureDesk desk, [AsParameters] FigureQuery asked, CancellationToken cancellationToken)
    {
        var (scope, refused) = await desk.ScopeOf(asked.ToAsked(), cancellationToken);
        return scope is null ? refused! : await FigureFiles.Sheet(desk, scope, asked.Township, cancellationToken);
    }

    private static async Task<Results<Ok<OpenedFigure>, ProblemHttpResult>> One(FigureDesk desk, string key, [AsParameters] FigureQuery asked, CancellationToken cancellationToken)
    {
        if (FigureList.Find(key) is not { } figure)
            return NoFigure();
        var (scope, refused) = await desk.ScopeOf(asked.ToAsked(), cancellationToken);
        return scope is null ? refused! : await desk.Reckon(async (queries, token) =>
        {
            var value = await queries.Of(figure, scope, token);
            return TypedResults.Ok(new OpenedFigure(ShownFigure.Of(figure, value), value.Parts, await queries.Months(figure, scope, token)));
        }, cancellationToken);
    }

    private static async Task<Results<Ok<FigureRecords>, ProblemHttpResult>> Records(FigureDesk desk, string key, [AsParameters] FigureQuery asked, [AsParameters] Paging paging, CancellationToken cancellationToken)
    {
        if (FigureList.Find(key) is not { } figure)
            return NoFigure();
        var take = paging.Take ?? 50;
        if (new Fields().Check("take", take is >= 1 and <= 1000, "1 to 1000.").Refused is { } wrong)
            return wrong;
        var (scope, refused) = await desk.ScopeOf(asked.ToAsked(), cancellationToken);
        if (scope is null)
            return refused!;
        var found = await desk.Reckon((queries, token) => queries.Records(figure, scope, paging.After, take + 1, token), cancellationToken);
        return TypedResults.Ok(new FigureRecords(figure.Of, [.. found.Take(take)], found.Count > take ? found[take - 1].Id : null));
    }

    private static ProblemHttpResult NoFigure() => Refusal.Of(404, "figure.notFound", "There is no figure of this key; GET /api/v1/figures lists them.");
}

/// <summary>A county's figures of a period.</summary>
public sealed record FigureSheet(string CountyCode, string? Township, DateOnly From, DateOnly To, IReadOnlyList<ShownFigure> Items);

/// <summary>A figure with what it counts.</summary>
/// <param name="Value">The sum of its records; of a share the quotient, null where there is no whole.</param>
/// <param name="Counts">Which records: the table's name.</param>
/// <param name="IsStock">As of the last day, not of the whole period.</param>
public sealed record ShownFigure(string Key, string Name, string NameEnglish, FigureUnit Unit, string Meaning, string MeaningEnglish, string Counts, bool IsStock, decimal? Value)
{
    internal static ShownFigure Of(Figure figure, FigureValue value) =>
        new(figure.Key, figure.Chinese, figure.English, figure.Unit, figure.MeaningChinese, figure.Meaning, figure.Of, figure.IsStock, value.Value);
}

/// <summary>One figure, opened.</summary>
public sealed record OpenedFigure(ShownFigure Figure, IReadOnlyList<FigurePart> Townships, IReadOnlyList<FigureMonth> Months);

/// <summary>A page of the records of a figure.</summary>
/// <param name="Kind">Which records.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last.</param>
public sealed record FigureRecords(string Kind, IReadOnlyList<FigureRecord> Items, string? Next);
