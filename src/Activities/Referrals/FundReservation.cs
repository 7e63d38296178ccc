using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Referrals;

/// <summary>Sets aside the money of an order: decided quantity at the price of its first day, for all its months, and bed-days for each day (A16, E08).</summary>
/// <remarks>
/// Eligible funds are tried from the most special to the general F3, which comes last; the fast track has F2 alone. No service starts without it. An order that has its
/// money keeps it: the step then answers <c>Reserved</c> and moves nothing.
/// </remarks>
[ChangesRecords]
[Activity("Relief Funds", "Sets aside the money of an order.", Chinese = "资金预留")]
[Outcomes("Reserved", "Partial", "Short", "Blocked", "NotEligibleFund")]
public sealed class FundReservation : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("Whether several funds may carry it together; without it the parameter fund.split decides.", Chinese = "可拆分")]
    public bool? SplitAllowed { get; init; }

    [Input("Whether a part is enough to begin.", Chinese = "可部分")]
    public bool PartialAllowed { get; init; }

    [Output("The reservation.", Chinese = "预留")]
    public string ReservationId { get; private set; } = "";

    [Output("Yuan wanted.", Chinese = "金额")]
    public decimal Amount { get; private set; }

    [Output("Yuan by fund account.", Chinese = "资金分摊")]
    public IReadOnlyList<FundShare> Allocation { get; private set; } = [];

    [Output("Why it is blocked.", Chinese = "原因")]
    public string Reason { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (scene.Order.ReservationId is { } held)
        {
            ReservationId = held;
            return new Completed("Reserved");
        }

        if (await new OrderQueries(db).ValueOf(scene.Decided, scene.Case.AreaCode, (scene.Order.PlannedFrom, scene.Order.PlannedTo), cancellationToken) is not { } value)
            return new Faulted("order.noPrice", $"An item of order {OrderId} has no approved price on {scene.Order.PlannedFrom:yyyy-MM-dd}.");

        Amount = value;
        var request = await new OrderFunding(db).Request(scene, (scene.Order.PlannedFrom, scene.Order.PlannedTo), Amount, cancellationToken);
        request = request with { SplitAllowed = SplitAllowed ?? request.SplitAllowed, PartialAllowed = PartialAllowed };
        var result = await new ReservationBook(db).Reserve(request, context.DeedOf("reserve"), cancellationToken);
        return result switch
        {
            ReservationResult.Reserved(var id, var shares) => await Held(db, context, (scene, "Reserved"), (id, shares), cancellationToken),
            ReservationResult.Partial(var id, var shares, _) => await Held(db, context, (scene, "Partial"), (id, shares), cancellationToken),
            ReservationResult.Blocked(var reason) => Blocked(scene, reason),
            ReservationResult.NotEligibleFund => new Completed("NotEligibleFund"),
            _ => new Completed("Short")
        };
    }

    private async Task<ActivityResult> Held(
        ReliefDbContext db, ActivityContext context, (OrderScene Scene, string Outcome) at, (string Id, IReadOnlyList<FundShare> Shares) held, CancellationToken cancellationToken)
    {
        ReservationId = held.Id;
        Allocation = held.Shares;
        await new OrderBook(db).Fund(OrderId, held.Id, context.DeedOf("fund"), cancellationToken);
        var waiting = at.Scene.Needs.Where(need => need.Status == NeedStatus.Waiting).ToList();
        foreach (var need in waiting)
            await new CaseBook(db).Decide(need with { Status = NeedStatus.Confirmed }, context.DeedOf("resume:" + need.Id), cancellationToken);

        // Who is next on the waiting list tries again.
        return new Completed(at.Outcome) { Send = waiting.Count == 0 ? [] : [Message.Of(new EventPublished(WaitForFunds.EventOf(at.Scene.Order.CountyCode), null, default))] };
    }

    // Told once: an order on the waiting list tries again whenever money comes.
    private Completed Blocked(OrderScene scene, string reason)
    {
        Reason = reason;
        var isNew = scene.Needs.Any(need => need.Status == NeedStatus.Confirmed);
        return new Completed("Blocked")
        {
            Send = isNew ? [ActivityDeeds.Tell("fund.blocked", "K", scene.Order.CountyCode, new { reason, order = OrderId, amount = Amount })] : []
        };
    }
}
