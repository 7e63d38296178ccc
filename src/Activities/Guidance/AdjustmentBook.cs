using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Suppliers;

namespace Relief.Flow.Activities.Guidance;

/// <summary>Keeps what the city does about its counties' service items, and does it through the catalogue (CZ-148).</summary>
/// <remarks>An item is never changed under an order that runs: a changed one is another item, which stands in its place for whatever is asked from then on, with its prices and suppliers.</remarks>
public sealed class AdjustmentBook(ReliefDbContext context)
{
    /// <summary>The audit chain of what was asked together.</summary>
    public static string Chain(string askedId) => "adjustment:" + askedId;

    /// <summary>Keeps what is asked and proposes the new items; a repeat changes nothing. False when one of the new items has a code that is taken: nothing is kept then.</summary>
    public async Task<bool> Ask(IReadOnlyList<(ItemAdjustment Adjustment, CatalogueItem? Item)> asked, Deed deed, CancellationToken cancellationToken)
    {
        var id = asked[0].Adjustment.AskedId;
        await context.LockWord(Chain(id), cancellationToken);
        if (await context.Set<ItemAdjustment>().AnyAsync(row => row.AskedId == id, cancellationToken))
            return true;
        string[] codes = [.. asked.Select(one => one.Item?.Code).OfType<string>()];
        await LockItems(codes, cancellationToken);
        if (await context.Set<CatalogueItem>().AnyAsync(row => codes.Contains(row.Code), cancellationToken))
            return false;
        foreach (var (adjustment, item) in asked)
        {
            await context.Insert(adjustment, cancellationToken);
            if (item is not null)
                await new CatalogueBook(context).Propose(item, deed, cancellationToken);
        }

        await context.Audit(Chain(id), new AuditDetail("AdjustmentAsked", asked.Select(one => new { one.Adjustment.Kind, one.Adjustment.ItemCode, one.Adjustment.SuccessorCode, one.Adjustment.Document })), deed, cancellationToken);
        return true;
    }

    /// <summary>What was asked together, by item.</summary>
    public async Task<IReadOnlyList<ItemAdjustment>> Of(string askedId, CancellationToken cancellationToken) =>
        await context.Set<ItemAdjustment>().Where(row => row.AskedId == askedId).OrderBy(row => row.ItemCode).ToListAsync(cancellationToken);

    /// <summary>Approves what was asked together, all of it at once; not by who asked. False when an item that is changed or dropped is not listed any more: nothing is done then.</summary>
    public async Task<bool> Approve(string askedId, Deed deed, CancellationToken cancellationToken)
    {
        var asked = await Of(askedId, cancellationToken);
        string[] old = [.. asked.Where(one => one.Kind != AdjustmentKind.Add).Select(one => one.ItemCode)];
        await LockItems(old, cancellationToken);
        if ((await new CatalogueQueries(context).Listed(old, cancellationToken)).Count < old.Length)
            return false;
        foreach (var adjustment in asked)
        {
            var book = new CatalogueBook(context);
            if (adjustment.Kind == AdjustmentKind.Add)
                await book.ApproveItem(adjustment.ItemCode, deed, cancellationToken);
            else
                await book.Retire(adjustment.ItemCode, adjustment.Document, deed, cancellationToken);
            if (adjustment.SuccessorCode is { } successor)
                await Succeed(adjustment, successor, deed, cancellationToken);
            await context.Replace(adjustment with { Status = AdjustmentStatus.Approved, DecidedBy = deed.By, DecidedAt = deed.At }, cancellationToken);
        }

        await context.Audit(Chain(askedId), new AuditDetail("AdjustmentApproved"), deed, cancellationToken);
        return true;
    }

    /// <summary>Refuses it; nothing was changed yet.</summary>
    public async Task Refuse(string askedId, string reason, Deed deed, CancellationToken cancellationToken)
    {
        foreach (var adjustment in await Of(askedId, cancellationToken))
        {
            if ((adjustment.SuccessorCode ?? (adjustment.Kind == AdjustmentKind.Add ? adjustment.ItemCode : null)) is { } proposed)
                await new CatalogueBook(context).Reject(proposed, deed, cancellationToken);
            await context.Replace(adjustment with { Status = AdjustmentStatus.Refused, DecidedBy = deed.By, DecidedAt = deed.At, Reason = reason }, cancellationToken);
        }

        await context.Audit(Chain(askedId), new AuditDetail("AdjustmentRefused", reason), deed, cancellationToken);
    }

    // In one order, so that two documents about the same items do not wait for each other.
    private async Task LockItems(IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        foreach (var code in codes.Order(StringComparer.Ordinal))
            await context.LockWord("item:" + code, cancellationToken);
    }

    private async Task Succeed(ItemAdjustment adjustment, string successor, Deed deed, CancellationToken cancellationToken)
    {
        var book = new CatalogueBook(context);
        await book.ApproveItem(successor, deed, cancellationToken);
        var item = (await new CatalogueQueries(context).Find(successor, cancellationToken))!;
        await book.TakeOverPrices(item, ChinaTime.DayOf(deed.At), deed with { By = adjustment.CreatedBy }, deed, cancellationToken);
        var suppliers = await context.Set<Supplier>().Where(row => row.CountyCode == adjustment.CountyCode).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var supplier in suppliers.Where(row => row.Items.Contains(adjustment.ItemCode) && !row.Items.Contains(successor)))
            await context.Replace(supplier with { Items = [.. supplier.Items, successor] }, cancellationToken);
    }
}
