using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Catalogue;

namespace Relief.Flow.Activities.Orders;

/// <summary>Reads orders, plans and agreements.</summary>
public sealed class OrderQueries(ReliefDbContext context)
{
    /// <summary>An order with its last plan and agreement, or none.</summary>
    public Task<OrderView?> Find(string orderId, CancellationToken cancellationToken) => Find(orderId, null, cancellationToken);

    /// <summary>An order with the plan that holds on a day and its agreement, or none.</summary>
    public async Task<OrderView?> Find(string orderId, DateOnly? on, CancellationToken cancellationToken)
    {
        var order = await context.Set<Order>().FirstOrDefaultAsync(row => row.Id == orderId, cancellationToken);
        if (order is null)
            return null;
        var plan = await context.Set<PlanVersion>().Where(row => row.OrderId == orderId && (on == null || row.ValidFrom == null || row.ValidFrom <= on))
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        var lines = plan is null ? [] : await Lines(plan.Id, cancellationToken);
        return new OrderView(order, plan, lines, await Agreement(orderId, cancellationToken));
    }

    /// <summary>A case's orders, oldest first.</summary>
    public async Task<IReadOnlyList<Order>> Of(string caseId, CancellationToken cancellationToken) =>
        await context.Set<Order>().Where(row => row.CaseId == caseId).OrderBy(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Whether an order of a case has not come to its end.</summary>
    public Task<bool> AnyOpen(string caseId, CancellationToken cancellationToken) => context.Set<Order>().AnyAsync(row => row.CaseId == caseId && !OrderFlow.Over.Contains(row.Status), cancellationToken);

    /// <summary>A plan's lines, by item.</summary>
    public async Task<IReadOnlyList<PlanLine>> Lines(string planId, CancellationToken cancellationToken) =>
        await context.Set<PlanLine>().Where(row => row.PlanId == planId).OrderBy(row => row.ItemCode).ToListAsync(cancellationToken);

    /// <summary>The agreement in force or last in force of an order, or none.</summary>
    public Task<AgreementRecord?> Agreement(string orderId, CancellationToken cancellationToken) =>
        context.Set<AgreementRecord>().Where(row => row.OrderId == orderId).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The months that money is reckoned in: a started month of 31 days counts as one, so April to December are nine and thirty days are one.</summary>
    public static int MonthsOf(DateOnly from, DateOnly to) => (to.DayNumber - from.DayNumber + 31) / 31;

    /// <summary>What the items cost over a period at the prices of its first day, in yuan: monthly quantities for each month, bed-days for each day; none when an item has no price.</summary>
    public async Task<decimal?> ValueOf(IReadOnlyList<PlannedItem> items, string areaCode, (DateOnly From, DateOnly To) period, CancellationToken cancellationToken)
    {
        var catalogue = new CatalogueQueries(context);
        decimal value = 0;
        foreach (var item in items)
        {
            if (await catalogue.PriceOn(item.ItemCode, areaCode, period.From, cancellationToken) is not { } price)
                return null;
            var isEachDay = (await catalogue.Find(item.ItemCode, cancellationToken))?.Unit == ItemUnit.BedDay;
            value += price.Price * (isEachDay ? period.To.DayNumber - period.From.DayNumber + 1 : item.QuantityPerMonth * MonthsOf(period.From, period.To));
        }

        return decimal.Round(value, 2);
    }

    /// <summary>What the items cost in one month at the prices of a day, in yuan; none when an item has no price.</summary>
    public async Task<decimal?> MonthlyValue(IReadOnlyList<PlannedItem> items, string areaCode, DateOnly on, CancellationToken cancellationToken)
    {
        var prices = new CatalogueQueries(context);
        decimal value = 0;
        foreach (var item in items)
        {
            if (await prices.PriceOn(item.ItemCode, areaCode, on, cancellationToken) is not { } price)
                return null;
            value += item.QuantityPerMonth * price.Price;
        }

        return value;
    }
}
