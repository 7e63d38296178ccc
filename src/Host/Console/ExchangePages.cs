using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Relief;

namespace Relief.Flow.Host.Console;

/// <summary>What a county exchanges with others: the agreements by which data is shared, and the log of what went out or was asked (S23). Each sees what the API shows them; of a person nothing stands here.</summary>
internal static class ExchangePages
{
    private const int Shown = 100;

    public static void MapExchangePages(this RouteGroupBuilder exchanges) => exchanges.MapGet("/", Show);

    private static async Task<IResult> Show(ReliefRecords records, Visibility visibility, HttpContext context, string? county)
    {
        var stop = context.RequestAborted;
        await using var db = records.Reading();
        var counties = await new AreaQueries(db).Counties(stop);
        var shown = counties.FirstOrDefault(one => one.Code == county) ?? counties.FirstOrDefault(one => visibility.Current?.Areas.Contains(one.Code) ?? true) ?? (counties.Count > 0 ? counties[0] : null);
        var (agreements, log) = (await new SharingBook(db).Of(shown?.Code ?? "", stop), new ExchangeBook(db));
        var exchanges = (await log.Of(shown?.Code ?? "", null, null, stop)).Take(Shown).ToList();
        string[] partners = [.. agreements.Select(one => one.Partner).Concat(exchanges.Select(one => one.Adapter)).Distinct()];
        return Doorway.Page<ExchangesPage>(context, new ExchangesModel(shown, counties, agreements, exchanges, ChinaTime.DayOf(Doorway.VisitorOf(context).Now))
        {
            LastBy = await log.LastBy([.. agreements.Select(one => one.Id)], stop), Names = await new OrganisationQueries(db).Names(partners, stop)
        });
    }
}

/// <summary>A county's agreements and the latest of its exchanges, as far as the visitor sees them.</summary>
public sealed record ExchangesModel(AreaUnit? County, IReadOnlyList<AreaUnit> Counties, IReadOnlyList<SharingAgreement> Agreements, IReadOnlyList<Exchange> Exchanges, DateOnly Today)
{
    /// <summary>When something was last shared, by agreement.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> LastBy { get; init; }

    /// <summary>What partners are called, by organisation.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }
}
