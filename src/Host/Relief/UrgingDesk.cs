using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Host.Answers;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Relief;

/// <summary>Looks through what a city asks of its counties (催办, CZ-158), and keeps it: for the API and for the console.</summary>
internal sealed class UrgingDesk(FigureDesk figures)
{
    /// <summary>What is asked, before it is kept; or why it cannot be: 404 for a city that is not the caller's to guide, 422 with each field.</summary>
    public async Task<(Urging? Asked, ProblemHttpResult? Refused)> Look(string cityCode, NewUrging body, Deed deed, CancellationToken cancellationToken)
    {
        if (await figures.Guided(cityCode, cancellationToken) is not { } counties)
            return (null, FigureDesk.NoCity());
        await using var db = figures.Records.ReadingAll();
        var chain = body.UnitCode is { } unit ? await new AreaQueries(db).ChainOf(unit, cancellationToken) : [];
        var county = counties.FirstOrDefault(one => chain.Any(area => area.Code == one.Code));
        var fields = new Fields()
            .Check("unitCode", county is not null && chain[0].Level is AreaLevel.County or AreaLevel.Township, "A county of the city, or a township of one.")
            .Check("figure", body.Figure is null || FigureList.Find(body.Figure) is not null, "The key of a figure.")
            .Check("from", body.Figure is null == body.From is null, "The first day of the figure; left out where there is no figure.")
            .Check("to", body.From is null == body.To is null && (body.To is null || body.To >= body.From), "The last day of the figure, not before the first.")
            .Check("wording", body.Wording?.Trim() is { Length: > 0 and <= 2000 } && !PersonReference.HoldsNumber(body.Wording), "What is asked, 1 to 2000 characters, without a name or a number of a person.");
        return fields.Refused is { } refused ? (null, refused) : (new Urging
        {
            Id = deed.Key, CountyCode = county!.Code, CreatedAt = deed.At, CreatedBy = deed.By, CityCode = cityCode, TownshipCode = chain[0].Level == AreaLevel.Township ? chain[0].Code : null,
            Figure = body.Figure, PeriodFrom = body.From, PeriodTo = body.To, Wording = body.Wording!.Trim(), Status = UrgingStatus.Asked, Round = 1
        }, null);
    }

    /// <summary>Keeps it once per id, and begins the procedure that carries it to its answer, in one transaction.</summary>
    public async Task<IResult> Ask(Urging asked, Guid id, HttpContext context, CancellationToken cancellationToken)
    {
        var start = new StartInstance("procedure.urging", FlowJson.Of(new { urgingId = asked.Id }), asked.CreatedBy) { InstanceId = id, BusinessKey = Urging.Chain(asked.Id) };
        return (await figures.Records.Begin(start, async (db, inside) => await new UrgingBook(db).Ask(asked, new Deed(asked.CreatedBy, asked.CreatedAt, asked.Id), inside) is not null, context, cancellationToken))!;
    }
}

/// <summary>What a city asks.</summary>
/// <param name="UnitCode">The county or township.</param>
/// <param name="Figure">The key of the figure that it is about.</param>
/// <param name="Wording">In words, without a name.</param>
public sealed record NewUrging(string? UnitCode, string? Figure, DateOnly? From, DateOnly? To, string? Wording);
