using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Catalogue;

/// <summary>Items and charge standards: proposed below, approved by the county, by two people (S09).</summary>
public sealed class CatalogueBook(ReliefDbContext context)
{
    /// <summary>Proposes an item; a code that exists stays as it is.</summary>
    public async Task<CatalogueResult> Propose(CatalogueItem item, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("item:" + item.Code, cancellationToken);
        if (!await context.Set<CatalogueItem>().AnyAsync(row => row.Code == item.Code, cancellationToken))
        {
            await context.Insert(item with { Status = CatalogueStatus.Proposed, ProposedBy = deed.By, ApprovedBy = null }, cancellationToken);
            await context.Audit("item:" + item.Code, new AuditDetail("ItemProposed", item.Name), deed, cancellationToken);
        }

        return new CatalogueResult.Done(item.Code);
    }

    /// <summary>Approves a proposed item; who proposed it may not.</summary>
    public async Task<CatalogueResult> ApproveItem(string itemCode, Deed deed, CancellationToken cancellationToken)
    {
        var item = await context.Set<CatalogueItem>().FirstOrDefaultAsync(row => row.Code == itemCode, cancellationToken);
        if (item is null)
            return new CatalogueResult.Refused("Unknown");
        if (item.Status != CatalogueStatus.Proposed)
            return item.Status == CatalogueStatus.Approved ? new CatalogueResult.Done(itemCode) : new CatalogueResult.Refused("NotProposed");
        if (item.ProposedBy == deed.By)
            return new CatalogueResult.Refused("SamePerson");
        await context.Replace(item with { Status = CatalogueStatus.Approved, ApprovedBy = deed.By }, cancellationToken);
        await context.Audit("item:" + itemCode, new AuditDetail("ItemApproved"), deed, cancellationToken);
        return new CatalogueResult.Done(itemCode);
    }

    /// <summary>Takes an item out of the list: nobody is asked whether they need it any more, and orders that run go on. False when it is not on it.</summary>
    public async Task<bool> Retire(string itemCode, string document, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("item:" + itemCode, cancellationToken);
        if (await context.Set<CatalogueItem>().FirstOrDefaultAsync(row => row.Code == itemCode && row.Status == CatalogueStatus.Approved, cancellationToken) is not { } item)
            return false;
        await context.Replace(item with { Status = CatalogueStatus.Retired }, cancellationToken);
        await context.Audit("item:" + itemCode, new AuditDetail("ItemRetired", new { document }), deed, cancellationToken);
        return true;
    }

    /// <summary>Refuses a proposed item; it is kept and never listed.</summary>
    public async Task Reject(string itemCode, Deed deed, CancellationToken cancellationToken)
    {
        var item = await context.Set<CatalogueItem>().SingleAsync(row => row.Code == itemCode, cancellationToken);
        if (item.Status != CatalogueStatus.Proposed)
            return;
        await context.Replace(item with { Status = CatalogueStatus.Rejected }, cancellationToken);
        await context.Audit("item:" + itemCode, new AuditDetail("ItemRejected"), deed, cancellationToken);
    }

    /// <summary>Gives an item that stands in another's place the prices of that one which hold on a day or later, by two people as always.</summary>
    public async Task TakeOverPrices(CatalogueItem successor, DateOnly from, Deed proposed, Deed approved, CancellationToken cancellationToken)
    {
        var prices = await context.Set<PriceVersion>().Where(row => row.ItemCode == successor.Replaces && row.Status == CatalogueStatus.Approved && (row.ValidTo == null || row.ValidTo >= from))
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var price in prices)
        {
            var id = $"{price.Id}:{successor.Code}";
            await ProposePrice(price with { Id = id, ItemCode = successor.Code }, proposed, cancellationToken);
            await ApprovePrice(id, approved, cancellationToken);
        }
    }

    /// <summary>Proposes a price; it holds for nothing until it is approved.</summary>
    public async Task<CatalogueResult> ProposePrice(PriceVersion price, Deed deed, CancellationToken cancellationToken)
    {
        if (!await context.Set<PriceVersion>().AnyAsync(row => row.Id == price.Id, cancellationToken))
        {
            await context.Insert(price with { Status = CatalogueStatus.Proposed, CreatedBy = deed.By, CreatedAt = deed.At, ApprovedBy = null, ApprovedAt = null }, cancellationToken);
            await context.Audit("price:" + price.ItemCode, new AuditDetail("PriceProposed", price), deed, cancellationToken);
        }

        return new CatalogueResult.Done(price.Id);
    }

    /// <summary>
    /// Approves a proposed price. The open price before it ends the day before; any other overlap is refused (INV-27). Lines that were priced
    /// already keep their price (INV-06).
    /// </summary>
    public async Task<CatalogueResult> ApprovePrice(string priceId, Deed deed, CancellationToken cancellationToken)
    {
        var price = await context.Set<PriceVersion>().FirstOrDefaultAsync(row => row.Id == priceId, cancellationToken);
        if (price is null)
            return new CatalogueResult.Refused("Unknown");
        if (price.Status != CatalogueStatus.Proposed)
            return price.Status == CatalogueStatus.Approved ? new CatalogueResult.Done(priceId) : new CatalogueResult.Refused("NotProposed");
        if (price.CreatedBy == deed.By)
            return new CatalogueResult.Refused("SamePerson");

        await context.LockWord($"price_version:{price.ItemCode}:{price.AreaCode}", cancellationToken);
        var rivals = await context.Set<PriceVersion>()
            .Where(row => row.ItemCode == price.ItemCode && row.AreaCode == price.AreaCode && row.Status == CatalogueStatus.Approved
                && (price.ValidTo == null || row.ValidFrom <= price.ValidTo) && (row.ValidTo == null || row.ValidTo >= price.ValidFrom))
            .ToListAsync(cancellationToken);
        if (rivals.Exists(row => row.ValidTo is not null || row.ValidFrom >= price.ValidFrom))
            return new CatalogueResult.Refused("Overlaps");
        foreach (var open in rivals)
            await context.Replace(open with { ValidTo = price.ValidFrom.AddDays(-1) }, cancellationToken);
        await context.Replace(price with { Status = CatalogueStatus.Approved, ApprovedBy = deed.By, ApprovedAt = deed.At }, cancellationToken);
        await context.Audit("price:" + price.ItemCode, new AuditDetail("PriceApproved", new { price.Id, price.Price, price.ValidFrom }), deed, cancellationToken);
        return new CatalogueResult.Done(priceId);
    }
}
