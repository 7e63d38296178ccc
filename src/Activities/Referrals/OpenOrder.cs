using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Makes the order of a confirmed need by one pathway. Needs of the same case and pathway that one supplier can serve go into one order.</summary>
/// <remarks>
/// A need that several pathways answer has an order by each: a bundle. The case is locked first, so of several needs started at once one makes the order and the others find
/// themselves covered.
/// </remarks>
[ChangesRecords]
[Activity("Relief Delivery", "Makes the order of a confirmed need.", Chinese = "生成服务订单")]
[Outcomes("Opened", "Covered", "NotConfirmed")]
public sealed class OpenOrder : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The need that starts this pathway.", Chinese = "需求项")]
    public required string NeedItemId { get; init; }

    [Input("M1 to M7.", Chinese = "路径")]
    public string Pathway { get; init; } = "M1";

    [Input("The first day of service; without it the first of next month, or today when it is urgent.", Chinese = "服务起始日")]
    public DateOnly? From { get; init; }

    [Input("The last day of service; without it the end of the fiscal year, or 30 days for a temporary gap.", Chinese = "服务截止日")]
    public DateOnly? To { get; init; }

    [Output("The order.", Chinese = "订单")]
    public string OrderId { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        await db.Lock<Case>(CaseId, cancellationToken);
        var needs = await new CaseQueries(db).Needs(CaseId, cancellationToken);
        var orders = await new OrderQueries(db).Of(CaseId, cancellationToken);
        if (orders.FirstOrDefault(order => order.Pathway == Pathway && order.NeedItemIds.Contains(NeedItemId) && !OrderFlow.IsOver(order.Status)) is { } covering)
        {
            OrderId = covering.Id;
            return new Completed("Covered");
        }

        var need = needs.FirstOrDefault(row => row.Id == NeedItemId);
        if (need?.Status is not (NeedStatus.Confirmed or NeedStatus.Waiting))
            return new Completed("NotConfirmed");

        var open = needs.Where(row => row.Status == NeedStatus.Confirmed && row.Pathways.Contains(Pathway)
            && !orders.Any(order => order.Pathway == Pathway && order.NeedItemIds.Contains(row.Id) && order.Status != OrderStatus.Cancelled)).ToList();
        var (from, to) = Term(need, context.Now, await new EmergencyBook(db).ServedUntil(CaseId, need.ItemCode, cancellationToken));
        var bundle = await Servable(db, need, open, from, cancellationToken);
        var made = await new OrderBook(db).Create(new OrderEntry(CaseId, bundle, Pathway, from, to), context.DeedOf("order"), cancellationToken);
        OrderId = ((OrderResult.Done)made).Id;
        return new Completed("Opened");
    }

    // What the fast track has begun is taken over, never doubled: the order begins when that has run its days (P29 step 5).
    private (DateOnly From, DateOnly To) Term(NeedItem need, DateTimeOffset now, DateOnly? servedUntil)
    {
        var today = ChinaTime.DayOf(now);
        var from = From ?? (need.Urgency == Urgency.Normal ? new DateOnly(today.Year, today.Month, 1).AddMonths(1) : today);
        if (servedUntil >= from)
            from = servedUntil.Value.AddDays(1);
        return (from, To ?? (need.PersonClass == "temporary" ? from.AddDays(29) : new DateOnly(from.Year, 12, 31)));
    }

    private static async Task<IReadOnlyList<string>> Servable(
        ReliefDbContext db, NeedItem need, List<NeedItem> open, DateOnly from, CancellationToken cancellationToken)
    {
        string[] all = [.. open.Select(row => row.Id).Append(need.Id).Distinct()];
        if (all.Length == 1)
            return all;
        var wish = await SelectSupplier.WishOf(db, (need.CaseId, from), [.. open.Append(need).Select(row => row.ItemCode).Distinct()], cancellationToken);
        return (await new SupplierQueries(db).Rank(wish, cancellationToken)).Count > 0 ? all : [need.Id];
    }
}
