using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Reads a county's year of money: what is still set aside, and where its accounts will stand at its end.</summary>
public sealed class FundYearQueries(ReliefDbContext context)
{
    private static readonly OrderStatus[] Over = [OrderStatus.Ended, OrderStatus.Cancelled, OrderStatus.Transferred, OrderStatus.Declined, OrderStatus.TimedOut];

    /// <summary>A county's year, or none.</summary>
    public Task<FundYear?> Find(string fundYearId, CancellationToken cancellationToken) => context.Set<FundYear>().FirstOrDefaultAsync(row => row.Id == fundYearId, cancellationToken);

    /// <summary>The reservations with money still set aside on a year's accounts, by id, from the one after.</summary>
    public async Task<IReadOnlyList<OpenReservation>> Open(FundYear year, string after, int most, CancellationToken cancellationToken)
    {
        var ids = await Ids(year).Where(id => id.CompareTo(after) > 0).Distinct().OrderBy(id => id).Take(most).ToListAsync(cancellationToken);
        return await Of(year, ids, cancellationToken);
    }

    /// <summary>Those of these reservations that are open, by id.</summary>
    public async Task<IReadOnlyDictionary<string, OpenReservation>> Open(FundYear year, IReadOnlyList<string> reservationIds, CancellationToken cancellationToken) =>
        (await Of(year, await Ids(year).Where(id => reservationIds.Contains(id)).Distinct().ToListAsync(cancellationToken), cancellationToken)).ToDictionary(one => one.Id);

    /// <summary>How many reservations the proposal names, by what it wants for them.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Named(FundYear year, CancellationToken cancellationToken) =>
        await context.Set<CarryDecision>().Where(row => row.FundYearId == year.Id && row.SettledAt == null).GroupBy(row => row.Decision)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key.ToString(), group => group.Count, cancellationToken);

    /// <summary>How many reservations still have money set aside on a year's accounts.</summary>
    public Task<int> Count(FundYear year, CancellationToken cancellationToken) => Ids(year).Distinct().CountAsync(cancellationToken);

    /// <summary>The orders that are served beyond a year and have money behind them.</summary>
    public IQueryable<Order> Running(FundYear year)
    {
        var last = new DateOnly(year.Year, 12, 31);
        return context.Set<Order>().Where(order => order.CountyCode == year.CountyCode && order.ReservationId != null && order.PlannedFrom <= last && order.PlannedTo > last && !Over.Contains(order.Status));
    }

    /// <summary>Where each account stands and will stand: what is spent, committed and reserved, and what renewals within the year are expected to take.</summary>
    public async Task<IReadOnlyList<FundForecast>> Forecast(string countyCode, int year, CancellationToken cancellationToken)
    {
        var balances = await new FundQueries(context).Balances(countyCode, year, cancellationToken);
        var ids = balances.Select(balance => balance.AccountId).ToList();
        var checks = await context.Set<AccountCheck>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var expected = await Renewals(ids, new DateOnly(year, 12, 31), cancellationToken);
        return [.. balances.Select(balance => new FundForecast(balance, expected.GetValueOrDefault(balance.AccountId), checks.GetValueOrDefault(balance.AccountId)))];
    }

    private async Task<IReadOnlyList<OpenReservation>> Of(FundYear year, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var rows = await context.Set<Reservation>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var accounts = await context.Set<FundAccount>().Where(row => row.CountyCode == year.CountyCode && row.FiscalYear == year.Year).Select(row => row.Id).ToListAsync(cancellationToken);
        var parts = (await context.Set<ReservationPart>().Where(part => ids.Contains(part.ReservationId) && accounts.Contains(part.AccountId)).ToListAsync(cancellationToken)).ToLookup(part => part.ReservationId);
        var orderIds = rows.Select(row => row.OrderId).ToList();
        var running = (await Running(year).Where(order => orderIds.Contains(order.Id)).Select(order => order.Id).ToListAsync(cancellationToken)).ToHashSet();
        var decided = await context.Set<CarryDecision>().Where(row => row.FundYearId == year.Id && ids.Contains(row.ReservationId)).ToDictionaryAsync(row => row.ReservationId, cancellationToken);
        return [.. rows.Select(row => new OpenReservation(
            row.Id, row.OrderId, parts[row.Id].Sum(part => part.Unspoken), running.Contains(row.OrderId), decided.GetValueOrDefault(row.Id)?.Decision, decided.GetValueOrDefault(row.Id)?.Refusal))];
    }

    // Of an order that ends within the year and is served until then, as much a day for the rest of the year as its reservation was made for.
    private async Task<Dictionary<string, decimal>> Renewals(List<string> accountIds, DateOnly last, CancellationToken cancellationToken)
    {
        var rows = await (from part in context.Set<ReservationPart>()
                          join reservation in context.Set<Reservation>() on part.ReservationId equals reservation.Id
                          join order in context.Set<Order>() on reservation.Id equals order.ReservationId
                          where accountIds.Contains(part.AccountId) && order.PlannedTo < last && (order.Status == OrderStatus.Active || order.Status == OrderStatus.Paused)
                          select new { part.AccountId, part.Reserved, reservation.PeriodFrom, reservation.PeriodTo }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.AccountId).ToDictionary(
            group => group.Key,
            group => decimal.Round(group.Sum(row => row.Reserved / (row.PeriodTo.DayNumber - row.PeriodFrom.DayNumber + 1) * (last.DayNumber - row.PeriodTo.DayNumber)), 2));
    }

    private IQueryable<string> Ids(FundYear year) =>
        from part in context.Set<ReservationPart>()
        join account in context.Set<FundAccount>() on part.AccountId equals account.Id
        where account.CountyCode == year.CountyCode && account.FiscalYear == year.Year && part.Reserved > part.Released + part.Committed
        select part.ReservationId;
}
