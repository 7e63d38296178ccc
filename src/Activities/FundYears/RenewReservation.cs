using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Sets a year's money aside for an order that runs on from the year before (P24): its agreed plan at the prices of 1 January, less what was carried over.</summary>
/// <remarks>An emergency keeps to what was approved for it. Where there is not enough the order goes on with what it has, county and township are told, and it tries again when money comes or the county's finance asks for it.</remarks>
[ChangesRecords]
[Activity("Relief Funds", "Sets the next year's money of a running order aside.", Chinese = "续订预留", Waits = true)]
[Outcomes("Renewed", "NotNeeded")]
public sealed class RenewReservation : Activity
{
    [Input("The order.", Chinese = "订单")]
    public required string OrderId { get; init; }

    [Input("The year.", Chinese = "年度")]
    public required int FiscalYear { get; init; }

    [Output("The reservation.", Chinese = "预留")]
    public string ReservationId { get; private set; } = "";

    [Output("Yuan needed in the year.", Chinese = "年度所需金额")]
    public decimal Amount { get; private set; }

    private DateOnly First => new(FiscalYear, 1, 1);

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (await Renew(db, scene, context.DeedOf("renew"), cancellationToken) is { } end)
            return end;
        var told = new { order = OrderId, caseNumber = scene.Case.Number, year = FiscalYear, amount = Amount };
        return new Waiting([OrderStop.Of(OrderId), Funds("funds", scene), Bookmark.For("task", TaskFor(scene))])
        {
            Send = [ActivityDeeds.Tell("fund.renewalShort", "K", scene.Order.CountyCode, told), ActivityDeeds.Tell("fund.renewalShort", "C", scene.TownshipCode, told)]
        };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Bookmark == OrderStop.Name)
            return new Completed("NotNeeded");
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await new OrderScenes(db).Of(OrderId, cancellationToken);
        if (await Renew(db, scene, context.DeedOf("renew-" + wakeup.Bookmark), cancellationToken) is { } end)
            return end;
        var again = context.KeyFor(wakeup.Bookmark).ToString("N");
        return new Waiting([wakeup.Kind == BookmarkKind.Task ? Bookmark.For("task-" + again, TaskFor(scene)) : Funds("funds-" + again, scene)]);
    }

    // None when there is not enough money yet.
    private async Task<Completed?> Renew(ReliefDbContext db, OrderScene scene, Deed deed, CancellationToken cancellationToken)
    {
        var order = scene.Order;
        if (order.Status is OrderStatus.Ended or OrderStatus.Cancelled or OrderStatus.Transferred || order.PlannedTo < First)
            return new Completed("NotNeeded");
        var until = order.PlannedTo.Year > FiscalYear ? new DateOnly(FiscalYear, 12, 31) : order.PlannedTo;
        var view = (await new OrderQueries(db).Find(OrderId, First, cancellationToken))!;
        IReadOnlyList<PlannedItem> plan = view.Lines.Count > 0 ? [.. view.Lines.Select(line => new PlannedItem(line.ItemCode, line.QuantityPerMonth, line.VisitsPerMonth))] : scene.Decided;
        if (await new OrderQueries(db).ValueOf(plan, scene.Case.AreaCode, (First, until), cancellationToken) is not { } value)
            return null;
        Amount = await Granted(db, scene, value, cancellationToken);
        if (Amount <= 0)
            return new Completed("NotNeeded");
        var carried = await db.Set<Reservation>().Where(row => row.OrderId == OrderId && row.PeriodFrom >= First && row.Status == ReservationStatus.Active).OrderByDescending(row => row.PeriodFrom)
            .Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        return await (carried is null ? Reserve(db, scene, until, deed, cancellationToken) : Fill(db, carried, deed, cancellationToken)) ? new Completed("Renewed") : null;
    }

    // An emergency was approved for a sum: what the year before has kept of it is not given twice (P29 step 2).
    private async Task<decimal> Granted(ReliefDbContext db, OrderScene scene, decimal value, CancellationToken cancellationToken)
    {
        if (!scene.IsEmergency)
            return value;
        var approved = await db.Set<EmergencyRelief>().Where(row => row.OrderId == OrderId).Select(row => row.Amount).SingleAsync(cancellationToken) ?? 0;
        var before = await (from part in db.Set<ReservationPart>()
                            join reservation in db.Set<Reservation>() on part.ReservationId equals reservation.Id
                            where reservation.OrderId == OrderId && reservation.PeriodFrom < First
                            select part).ToListAsync(cancellationToken);
        return Math.Min(value, approved - before.Sum(part => part.Reserved - part.Released));
    }

    private async Task<bool> Reserve(ReliefDbContext db, OrderScene scene, DateOnly until, Deed deed, CancellationToken cancellationToken)
    {
        var request = await new OrderFunding(db).Request(scene, (First, until), Amount, cancellationToken);
        if (await new ReservationBook(db).Reserve(request, deed, cancellationToken) is not ReservationResult.Reserved(var id, _))
            return false;
        ReservationId = id;
        if (scene.Order.ReservationId is { } before)
            await new ReservationBook(db).EndWith(before, First.AddDays(-1), cancellationToken);
        await new OrderBook(db).Fund(OrderId, id, deed.Step("fund"), cancellationToken);
        return true;
    }

    private async Task<bool> Fill(ReliefDbContext db, string carried, Deed deed, CancellationToken cancellationToken)
    {
        ReservationId = carried;
        return await new FundQueries(db).Standing(carried, cancellationToken) >= Amount
            || await new ReservationBook(db).AdjustTo(carried, Amount, deed, cancellationToken) is FundResult.Posted;
    }

    private static Bookmark Funds(string name, OrderScene scene) => Bookmark.Event(name, WaitForFunds.EventOf(scene.Order.CountyCode));

    private HumanTask TaskFor(OrderScene scene) => new()
    {
        Title = $"续订预留资金不足 {scene.Case.Number}",
        Kind = "fund.renewal",
        Role = ReliefRoles.CountyFinance,
        Unit = scene.Order.CountyCode,
        Subject = "order:" + OrderId,
        Outcomes = ["Retry"],
        Data = Json(new { year = FiscalYear, amount = Amount })
    };
}
