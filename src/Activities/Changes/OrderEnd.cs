using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Ends an order with a day, in its records: what was served keeps its money, the rest goes back (E02, E03, E04).</summary>
internal sealed class OrderEnd(ReliefDbContext db, string areaCode)
{
    private static readonly OrderStatus[] Served = [OrderStatus.Active, OrderStatus.Paused, OrderStatus.Transferred];

    /// <summary>Visits after the day fall away, the agreement ends, money that is not owed goes back, needs end that nothing else answers.</summary>
    /// <returns>Whether it was in service.</returns>
    public async Task<bool> On(Order order, DateOnly last, Deed deed, CancellationToken cancellationToken)
    {
        var served = Served.Contains(order.Status);
        await new VisitBook(db).Cancel(order.Id, ChinaTime.StartOf(last.AddDays(1)), null, cancellationToken);
        if (await new OrderQueries(db).Agreement(order.Id, cancellationToken) is { } agreement && agreement.ValidTo > last && agreement.ValidFrom <= last)
            await db.Replace(agreement with { ValidTo = last }, cancellationToken);
        if (order.ReservationId is { } reservation && served)
            await GiveBack(reservation, await new OrderMoney(db, areaCode).Owed(order.Id, last.AddDays(1), cancellationToken), deed.Step("release"), cancellationToken);
        else if (order.ReservationId is { } unused)
            await new ReservationBook(db).Close(unused, deed.Step("release"), cancellationToken);
        await new OrderBook(db).Move(order.Id, served ? OrderStatus.Ended : OrderStatus.Cancelled, deed.Step("end"), cancellationToken);
        await new BundleBook(db).EndNeeds(order, served, deed, cancellationToken);
        return served;
    }

    /// <summary>Gives back what stands on a reservation beyond what is owed.</summary>
    public async Task GiveBack(string reservation, decimal owed, Deed deed, CancellationToken cancellationToken) => await new ReservationBook(db).Release(
        reservation, Math.Max(0, await new FundQueries(db).Standing(reservation, cancellationToken) - owed), deed, cancellationToken);
}
