using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;

namespace Relief.Flow.Activities.Catalogue;

/// <summary>Reads the catalogue and its prices.</summary>
public sealed class CatalogueQueries(ReliefDbContext context)
{
    /// <summary>The approved price of an item on a service date: the nearest area's, or none (INV-06).</summary>
    public async Task<PriceVersion?> PriceOn(string itemCode, string areaCode, DateOnly serviceDate, CancellationToken cancellationToken)
    {
        var chain = await new AreaQueries(context).CodesAbove(areaCode, cancellationToken);
        var rows = await context.Set<PriceVersion>()
            .Where(row => row.ItemCode == itemCode && chain.Contains(row.AreaCode) && row.Status == CatalogueStatus.Approved
                && row.ValidFrom <= serviceDate && (row.ValidTo == null || row.ValidTo >= serviceDate))
            .ToListAsync(cancellationToken);
        return rows.MinBy(row => Array.IndexOf(chain, row.AreaCode));
    }

    /// <summary>The listed items of a county with their price for an area on a date, by code; no price means it cannot be bought.</summary>
    public async Task<IReadOnlyList<PricedItem>> On(string countyCode, string areaCode, DateOnly date, CancellationToken cancellationToken)
    {
        var items = await context.Set<CatalogueItem>()
            .Where(row => row.CountyCode == countyCode && row.Status == CatalogueStatus.Approved).OrderBy(row => row.Code).ToListAsync(cancellationToken);
        List<PricedItem> priced = [];
        foreach (var item in items)
        {
            var price = await PriceOn(item.Code, areaCode, date, cancellationToken);
            priced.Add(new PricedItem(item.Code, item.Name, item.Unit, price?.Price, price?.Label));
        }

        return priced;
    }

    /// <summary>An item, or none.</summary>
    public Task<CatalogueItem?> Find(string itemCode, CancellationToken cancellationToken) =>
        context.Set<CatalogueItem>().FirstOrDefaultAsync(row => row.Code == itemCode, cancellationToken);
}
