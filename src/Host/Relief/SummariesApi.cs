using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Summaries of a half-year or year (CZ-153): practice, effect, problems, suggestions, with figures that are named and reckoned, never typed.</summary>
internal static class SummariesApi
{
    public static void MapSummaries(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/summaries").WithTags("City").RequireAuthorization(Policies.See);
        group.MapPost("/", Draft).WithSummary("Draft a summary of a city or a county").RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(404, 409, 422);
        group.MapGet("/", List).WithSummary("The summaries of a city or county, the latest period first").Refuses(404);
        group.MapGet("/{id}", Find).WithSummary("A summary with its figures as the records have them now").Refuses(404);
        group.MapPost("/{id}/confirm", Confirm).WithSummary("Confirm a summary that somebody else drafted; it stays as it is from then on").RequireAuthorization(Policies.Work).Refuses(404, 409);
    }

    private static async Task<Results<Ok<GuidanceSummary>, ProblemHttpResult>> Draft(FigureDesk desk, NewSummary body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        var chain = body.AreaCode is { } code ? await new AreaQueries(db).ChainOf(code, cancellationToken) : [];
        var fields = new Fields()
            .Check("areaCode", chain is [{ Level: AreaLevel.City or AreaLevel.County }, ..], "The code of a city or a county.")
            .Check("from", body.From is not null, "The first day.")
            .Check("to", body.To >= body.From, "The last day, not before the first.")
            .Check("figures", (body.Figures ?? []).All(key => FigureList.Find(key) is not null), "Keys of figures; what they come to is reckoned and never typed.");
        foreach (var (field, text) in new[] { ("practice", body.Practice), ("effect", body.Effect), ("problems", body.Problems), ("suggestions", body.Suggestions) })
            fields.Check(field, text?.Trim() is { Length: > 0 and <= 10_000 } && !PersonReference.HoldsNumber(text), "1 to 10 000 characters, without a name or a number of a person.");
        if (fields.Refused is { } refused)
            return refused;
        if (!desk.Sees(body.AreaCode!))
            return NotFound();
        var id = RepeatedRequests.IdOf(context, "summary").ToString("N");
        var deed = new Deed(context.User.By(), await desk.Records.Now(cancellationToken), id);
        return TypedResults.Ok(await desk.Records.Change(changing => new SummaryBook(changing).Draft(new GuidanceSummary
        {
            Id = id, AreaCode = body.AreaCode!, CreatedAt = deed.At, CreatedBy = deed.By, PeriodFrom = body.From!.Value, PeriodTo = body.To!.Value, Practice = body.Practice!.Trim(), Effect = body.Effect!.Trim(),
            Problems = body.Problems!.Trim(), Suggestions = body.Suggestions!.Trim(), Figures = [.. body.Figures ?? []], Status = SummaryStatus.Drafted
        }, deed, cancellationToken), cancellationToken));
    }

    private static async Task<Results<Ok<Listing<GuidanceSummary>>, ProblemHttpResult>> List(FigureDesk desk, string area, CancellationToken cancellationToken)
    {
        if (!desk.Sees(area))
            return NotFound();
        await using var db = desk.Records.ReadingAll();
        return TypedResults.Ok(new Listing<GuidanceSummary>(await new CityQueries(db).Summaries(area, cancellationToken)));
    }

    private static async Task<Results<Ok<SummaryView>, ProblemHttpResult>> Find(FigureDesk desk, string id, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        var queries = new CityQueries(db);
        if (await queries.Summary(id, cancellationToken) is not { } summary || !desk.Sees(summary.AreaCode))
            return NotFound();
        List<SummaryFigures> all = [];
        foreach (var county in await queries.CountiesOf(summary.AreaCode, cancellationToken))
            all.Add(new SummaryFigures(county, await new FigureQueries(db).Sheet(summary.Figures.Select(key => FigureList.Find(key)!), new FigureScope(county, summary.PeriodFrom, summary.PeriodTo), cancellationToken)));
        return TypedResults.Ok(new SummaryView(summary, all));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Confirm(FigureDesk desk, string id, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = desk.Records.ReadingAll();
        if (await new CityQueries(db).Summary(id, cancellationToken) is not { } summary || !desk.Sees(summary.AreaCode))
            return NotFound();
        var deed = await desk.Records.DeedOf(context, cancellationToken);
        return await desk.Records.Change(changing => new SummaryBook(changing).Confirm(id, deed, cancellationToken), cancellationToken) is { } problem
            ? Refusal.Of(409, "summary." + problem, problem == "samePerson" ? "Somebody else confirms what you drafted." : "It is confirmed already.")
            : TypedResults.NoContent();
    }

    private static ProblemHttpResult NotFound() => Refusal.Of(404, "summary.notFound", "There is no such summary or area, or it is not yours to see.");
}

/// <summary>A summary as it is drafted.</summary>
/// <param name="AreaCode">The city or county.</param>
/// <param name="Figures">The keys of the figures that show it.</param>
public sealed record NewSummary(string? AreaCode, DateOnly? From, DateOnly? To, string? Practice, string? Effect, string? Problems, string? Suggestions, IReadOnlyList<string>? Figures);

/// <summary>A summary with its figures.</summary>
public sealed record SummaryView(GuidanceSummary Summary, IReadOnlyList<SummaryFigures> Counties);

/// <summary>The figures of a summary for a county.</summary>
public sealed record SummaryFigures(string CountyCode, IReadOnlyList<FigureValue> Figures);
