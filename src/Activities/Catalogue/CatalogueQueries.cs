using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;

namespace Relief.Flow.Activities.Catalogue;

/// <summary>Reads the catalogue and its prices.</summary>
public sealed class CatalogueQueries(ReliefDbContext context)
{
    /// <summary>The approved price of an item on a service date: the nearest area's, or none (INV-06).</summary>
    public async Task<PriceVersion?> PriceOn(string itemCode, string areaCode, DateOnly serviceDate, CancellationToken cancellationToken) =>
        (await PricesOn([(itemCode, areaCode, serviceDate)], cancellationToken)).Values.Single();

    /// <summary>The same for many, by item, area and date: one statement for an area's prices, however many items and dates there are.</summary>
    public async Task<IReadOnlyDictionary<(string Item, string Area, DateOnly On), PriceVersion?>> PricesOn(IEnumerable<(string Item, string Area, DateOnly On)> wanted, CancellationToken cancellationToken)
    {
        Dictionary<(string, string, DateOnly), PriceVersion?> prices = [];
        foreach (var area in wanted.Distinct().GroupBy(one => one.Area))
        {
            var chain = await new AreaQueries(context).CodesAbove(area.Key, cancellationToken);
            string[] codes = [.. area.Select(one => one.Item).Distinct()];
            var (first, last) = (area.Min(one => one.On), area.Max(one => one.On));
            var rows = (await Holding(chain, first, last).Where(row => codes.Contains(row.ItemCode)).ToListAsync(cancellationToken)).ToLookup(row => row.ItemCode);
            foreach (var one in area)
                prices[one] = Nearest(rows[one.Item].Where(row => row.ValidFrom <= one.On && (row.ValidTo is null || row.ValidTo >= one.On)), chain);
        }

        return prices;
    }

    /// <summary>The listed items of a county with their price for an area on a date, by code; no price means it cannot be bought.</summary>
    public async Task<IReadOnlyList<PricedItem>> On(string countyCode, string areaCode, DateOnly date, CancellationToken cancellationToken)
    {
        var items = await context.Set<CatalogueItem>()
            .Where(row => row.CountyCode == countyCode && row.Status == CatalogueStatus.Approved).OrderBy(row => row.Code).ToListAsync(cancellationToken);
        var chain = await new AreaQueries(context).CodesAbove(areaCode, cancellationToken);
        string[] codes = [.. items.Select(item => item.Code)];
        var prices = (await Holding(chain, date, date).Where(row => codes.Contains(row.ItemCode)).ToListAsync(cancellationToken)).ToLookup(row => row.ItemCode);
        return [.. items.Select(item => (Item: item, Price: Nearest(prices[item.Code], chain))).Select(one => new PricedItem(one.Item.Code, one.Item.Name, one.Item.Unit, one.Price?.Price, one.Price?.Label))];
    }

    /// <summary>Those of these items that are listed, by code.</summary>
    public async Task<IReadOnlyDictionary<string, CatalogueItem>> Listed(IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        await context.Set<CatalogueItem>().Where(row => codes.Contains(row.Code) && row.Status == CatalogueStatus.Approved).OrderBy(row => row.Code).ToDictionaryAsync(row => row.Code, cancellationToken);

    /// <summary>An item, or none.</summary>
    public Task<CatalogueItem?> Find(string itemCode, CancellationToken cancellationToken) =>
        context.Set<CatalogueItem>().FirstOrDefaultAsync(row => row.Code == itemCode, cancellationToken);

    private static PriceVersion? Nearest(IEnumerable<PriceVersion> prices, string[] chain) => prices.MinBy(row => Array.IndexOf(chain, row.AreaCode));

    // On some of these days.
    private IQueryable<PriceVersion> Holding(string[] chain, DateOnly first, DateOnly last) => context.Set<PriceVersion>()
        .Where(row => chain.Contains(row.AreaCode) && row.Status == CatalogueStatus.Approved && row.ValidFrom <= last && (row.ValidTo == null || row.ValidTo >= first));
}
