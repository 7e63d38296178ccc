using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Settles the open reservations of a year at its close, once each: accrued, carried over or given back, with the proof of it (E22).</summary>
internal sealed class YearClose(ReliefDbContext context)
{
    private readonly FundYearQueries _queries = new(context);
    private readonly ReservationBook _reservations = new(context);
    private readonly CarryBook _carry = new(context);

    /// <summary>Closes the year to new reservations and settles the next of the open ones; the last of them, or none when there are no more.</summary>
    /// <remarks>What each order is owed is reckoned before an account is locked.</remarks>
    public async Task<string?> Settle(string fundYearId, (string After, int Most) part, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("fund-year-close:" + fundYearId, cancellationToken);   // of two that close one waits, and finds nothing left
        var year = await new FundYearBook(context).Close(fundYearId, deed.Step("close"), cancellationToken);
        var open = await _queries.Open(year, part.After, part.Most, cancellationToken);
        List<(OpenReservation Open, decimal Owed)> owed = [];
        foreach (var one in open)
            owed.Add((one, await Owed(year, one, cancellationToken)));
        foreach (var (one, amount) in owed)
            await Settle(year, one, amount, deed.Step(one.Id), cancellationToken);
        return open.Count == part.Most ? open[^1].Id : null;
    }

    /// <summary>Gives back what was committed by accrual and is owed no more, of the next reservations; the last of them, or none when there are no more.</summary>
    public async Task<string?> EndAccruals(FundYear year, (string After, int Most) part, Deed deed, CancellationToken cancellationToken)
    {
        var ids = await (from share in context.Set<ReservationPart>()
                         join account in context.Set<FundAccount>() on share.AccountId equals account.Id
                         where account.CountyCode == year.CountyCode && account.FiscalYear == year.Year && share.Accrued > 0 && share.ReservationId.CompareTo(part.After) > 0
                         select share.ReservationId).Distinct().OrderBy(id => id).Take(part.Most).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var reservation = await context.Set<Reservation>().SingleAsync(row => row.Id == id, cancellationToken);
            var accrued = (await new FundQueries(context).Parts(id, cancellationToken)).Sum(share => share.Accrued);
            var unneeded = accrued - Math.Min(accrued, await OwedOf(year, reservation.OrderId, accrued, cancellationToken));
            if (unneeded > 0)
                await _reservations.Release(id, unneeded, deed.Step(id), cancellationToken);
        }

        return ids.Count == part.Most ? ids[^1] : null;
    }

    /// <summary>Whether an order's money waits for a carry-over that was refused: its renewal is sought when that is settled.</summary>
    public Task<bool> Waits(FundYear year, string orderId, CancellationToken cancellationToken) =>
        context.Set<CarryDecision>().AnyAsync(row => row.FundYearId == year.Id && row.OrderId == orderId && row.SettledAt == null && row.Refusal != null, cancellationToken);

    /// <summary>What the close has made of all.</summary>
    public async Task<YearSums> Sums(string fundYearId, CancellationToken cancellationToken)
    {
        var rows = await context.Set<CarryDecision>().Where(row => row.FundYearId == fundYearId)
            .Select(row => new { row.Accrued, row.Carried, row.Released, IsRefused = row.SettledAt == null && row.Refusal != null }).ToListAsync(cancellationToken);
        return new YearSums(rows.Sum(row => row.Accrued), rows.Sum(row => row.Carried), rows.Sum(row => row.Released), rows.Count(row => row.IsRefused));
    }

    private async Task Settle(FundYear year, OpenReservation open, decimal owed, Deed deed, CancellationToken cancellationToken)
    {
        var decision = await Decision(year, open, deed, cancellationToken);
        var unaccrued = owed - await Accrued(open.OrderId, cancellationToken);
        var accrued = unaccrued <= 0 ? 0 : await _carry.Accrue(open.Id, year.Year, unaccrued, deed.Step("accrue"), cancellationToken);
        var order = await context.Set<Order>().FirstOrDefaultAsync(row => row.Id == open.OrderId, cancellationToken);
        decision = decision with { Accrued = (await new FundQueries(context).Parts(open.Id, cancellationToken)).Sum(share => share.Accrued), Refusal = null };
        var rest = open.Amount - accrued;
        if (rest > 0 && decision is { Decision: CarryChoice.CarryOver, ApprovedBy: not null } && (order is null || open.RunsOn))
        {
            var carried = await _carry.Carry(open.Id, (year.Year, order?.PlannedTo, decision.Document!), deed.Step("carry"), cancellationToken);
            decision = decision with { Carried = carried.Carried, Refusal = carried.Refusal };
            if (order is not null && carried.Refusal is null)
                await new OrderBook(context).Fund(order.Id, carried.ReservationId, deed.Step("fund"), cancellationToken);
        }
        else if (rest > 0)
        {
            await _carry.Expire(open.Id, year.Year, deed.Step("release"), cancellationToken);
            decision = decision with { Released = rest };
        }

        if (order is not null && decision.Refusal is null)
            await _reservations.EndWith(open.Id, new DateOnly(year.Year, 12, 31), cancellationToken);
        await context.Replace(decision with { SettledAt = decision.Refusal is null ? deed.At : null }, cancellationToken);
    }

    // What two people decided; else what nobody decided, and that expires.
    private async Task<CarryDecision> Decision(FundYear year, OpenReservation open, Deed deed, CancellationToken cancellationToken)
    {
        var id = CarryDecision.IdOf(year.Id, open.Id);
        if (await context.Set<CarryDecision>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } named)
            return named;
        var isDecided = year is { ApprovedBy: not null, Rest: not null };
        var decision = new CarryDecision
        {
            Id = id, CountyCode = year.CountyCode, CreatedAt = deed.At, CreatedBy = isDecided ? year.ProposedBy! : deed.By, FundYearId = year.Id, ReservationId = open.Id, OrderId = open.OrderId,
            Decision = isDecided ? year.Rest!.Value : CarryChoice.Release, Document = isDecided ? year.Document : null, ApprovedBy = isDecided ? year.ApprovedBy : null
        };
        await context.Insert(decision, cancellationToken);
        return decision;
    }

    // An order may have had several funds one after the other: what one of them has accrued the others do not.
    private async Task<decimal> Accrued(string orderId, CancellationToken cancellationToken) => (await (
        from share in context.Set<ReservationPart>()
        join reservation in context.Set<Reservation>() on share.ReservationId equals reservation.Id
        where reservation.OrderId == orderId
        select share.Accrued).ToListAsync(cancellationToken)).Sum();

    private Task<decimal> Owed(FundYear year, OpenReservation open, CancellationToken cancellationToken) => OwedOf(year, open.OrderId, open.Amount, cancellationToken);

    // A subsidy sheet is owed as a whole; an order what was delivered until the last day and is not billed, wherever it is accrued already.
    private async Task<decimal> OwedOf(FundYear year, string orderId, decimal all, CancellationToken cancellationToken)
    {
        if (await context.Set<SubsidySheet>().AnyAsync(sheet => "subsidy:" + sheet.Id == orderId && sheet.Status != SheetStatus.Paid, cancellationToken))
            return all;
        var area = await context.Set<Order>().Where(order => order.Id == orderId).Join(context.Set<Case>(), order => order.CaseId, parent => parent.Id, (_, parent) => parent.AreaCode).FirstOrDefaultAsync(cancellationToken);
        return area is null ? 0 : await new OrderMoney(context, area).Owed(orderId, new DateOnly(year.Year + 1, 1, 1), cancellationToken);
    }
}
