using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Orders;

/// <summary>The orders of one case are a bundle with one owner: a need ends with the last order that answers it (3.2.0).</summary>
public sealed class BundleBook(ReliefDbContext context)
{
    /// <summary>Ends the needs of an order that comes to its end. One that another pathway still answers goes on; one that any of them has served was served, else it is put off.</summary>
    public async Task EndNeeds(Order order, bool served, Deed deed, CancellationToken cancellationToken)
    {
        var others = (await new OrderQueries(context).Of(order.CaseId, cancellationToken)).Where(one => one.Id != order.Id && one.Pathway != order.Pathway).ToList();
        foreach (var need in await context.Set<NeedItem>().Where(need => order.NeedItemIds.Contains(need.Id) && need.Status != NeedStatus.Ended).OrderBy(need => need.Id).ToListAsync(cancellationToken))
        {
            var same = others.Where(one => one.NeedItemIds.Contains(need.Id)).ToList();
            if (same.Exists(one => !OrderFlow.IsOver(one.Status)))
                continue;
            var status = served || same.Exists(one => one.Status == OrderStatus.Ended) ? NeedStatus.Ended : NeedStatus.Deferred;
            await new CaseBook(context).Decide(need with { Status = status }, deed.Step(need.Id), cancellationToken);
        }
    }

    /// <summary>A case's needs with the orders that answer each, or none when there is no such case.</summary>
    public async Task<CaseBundle?> Of(string caseId, CancellationToken cancellationToken)
    {
        if (await context.Set<Case>().FirstOrDefaultAsync(row => row.Id == caseId, cancellationToken) is not { } about)
            return null;
        var orders = await new OrderQueries(context).Of(caseId, cancellationToken);
        var needs = await new CaseQueries(context).Needs(caseId, cancellationToken);
        return new CaseBundle(about.Id, about.Number, about.OwnerUnitId, about.Status, orders.Count(order => !OrderFlow.IsOver(order.Status)), [.. needs.Select(need =>
            new BundledNeed(need.Id, need.ItemCode, need.Status, need.Pathways, [.. orders.Where(order => order.NeedItemIds.Contains(need.Id))
                .Select(order => new BundledOrder(order.Id, order.Pathway, order.Status, order.SupplierId, order.PlannedFrom, order.PlannedTo))]))]);
    }
}

/// <summary>A case's orders as a bundle.</summary>
/// <param name="Owner">The township that owns all of them.</param>
/// <param name="OpenOrders">How many have not come to their end; the case is not closed before.</param>
public sealed record CaseBundle(string CaseId, string CaseNumber, string Owner, CaseStatus Status, int OpenOrders, IReadOnlyList<BundledNeed> Needs);

/// <summary>One need of a bundle.</summary>
/// <param name="Pathways">The pathways decided.</param>
/// <param name="Orders">The orders that answer it, oldest first.</param>
public sealed record BundledNeed(string NeedItemId, string ItemCode, NeedStatus Status, IReadOnlyList<string> Pathways, IReadOnlyList<BundledOrder> Orders);

/// <summary>One order of a bundle.</summary>
public sealed record BundledOrder(string OrderId, string Pathway, OrderStatus Status, string? SupplierId, DateOnly From, DateOnly To);
