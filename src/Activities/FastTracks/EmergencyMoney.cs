using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>The money of an emergency's order that has ended: what may still be paid, which visits nobody has recorded, and giving back what is left (P29, INV-01).</summary>
/// <remarks>Ask under <see cref="Lock"/>, which every record takes too: of a record and a giving back at the same moment one comes first, and the other finds it so.</remarks>
/// <param name="context">The records.</param>
/// <param name="orderId">The order.</param>
public sealed class EmergencyMoney(ReliefDbContext context, string orderId)
{
    /// <summary>Nothing is recorded of the order until the end of the transaction.</summary>
    public Task Lock(CancellationToken cancellationToken) => context.Lock<Order>(orderId, cancellationToken);

    /// <summary>Whether a record is undecided or unpaid, or the record of a visit of the past is still waited for.</summary>
    public async Task<bool> IsAwaited(DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Set<VisitRecord>().AnyAsync(record => record.OrderId == orderId && VisitFlow.Unpaid.Contains(record.Status), cancellationToken)
        || await context.Set<VisitSlot>().AnyAsync(visit => visit.OrderId == orderId && VisitFlow.Going.Contains(visit.Status) && visit.PlannedStart <= now, cancellationToken);

    /// <summary>The visits whose record did not come, by time: it may have been served all the same, and only a person can say that it was not.</summary>
    public async Task<IReadOnlyList<VisitSlot>> Unrecorded(CancellationToken cancellationToken) =>
        await context.Set<VisitSlot>().Where(visit => visit.OrderId == orderId && visit.Status == VisitStatus.Missing).OrderBy(visit => visit.PlannedStart).ToListAsync(cancellationToken);

    /// <summary>Yuan that stand reserved.</summary>
    public async Task<decimal> Left(CancellationToken cancellationToken) => await new FundQueries(context).Standing(await Reservation(cancellationToken), cancellationToken);

    /// <summary>Gives back what is left and closes the reservation: no record of the order is taken any more. Yuan given back.</summary>
    public async Task<decimal> GiveBack(Deed deed, CancellationToken cancellationToken)
    {
        var left = await Left(cancellationToken);
        await new ReservationBook(context).Close(await Reservation(cancellationToken), deed, cancellationToken);
        return left;
    }

    private async Task<string> Reservation(CancellationToken cancellationToken) =>
        (await context.Set<Order>().Where(row => row.Id == orderId).Select(row => row.ReservationId).SingleAsync(cancellationToken))!;
}
