using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.Funds;

/// <summary>Reads accounts, reservations and the ledger.</summary>
public sealed class FundQueries(ReliefDbContext context)
{
    /// <summary>What an account can still carry, in yuan.</summary>
    public static decimal AvailableOf(FundAccount account) => account.Appropriated - account.Reserved - account.Committed - account.Spent;

    /// <summary>The balances of a county's accounts of a year, by kind and id.</summary>
    public async Task<IReadOnlyList<FundBalance>> Balances(string countyCode, int fiscalYear, CancellationToken cancellationToken)
    {
        var rows = await context.Set<FundAccount>()
            .Where(row => row.CountyCode == countyCode && row.FiscalYear == fiscalYear).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Kind).Select(FundBalance.Of)];
    }

    /// <summary>One account's balance, or none when it is unknown.</summary>
    public async Task<FundBalance?> Balance(string accountId, CancellationToken cancellationToken) =>
        await context.Set<FundAccount>().FirstOrDefaultAsync(row => row.Id == accountId, cancellationToken) is { } row ? FundBalance.Of(row) : null;

    /// <summary>The accounts of the county-year whose source may pay for a purpose (INV-02), in the order F1 to F8.</summary>
    public async Task<IReadOnlyList<FundBalance>> Eligible(string countyCode, int fiscalYear, FundPurpose purpose, CancellationToken cancellationToken)
    {
        var sources = await context.Set<FundSource>().Where(row => row.CountyCode == countyCode).ToListAsync(cancellationToken);
        var allowed = sources.Where(purpose.IsAllowedBy).Select(source => source.Id).ToHashSet();
        var petty = await context.Set<FundAccount>().Where(row => row.CountyCode == countyCode && row.SubItem == FundAccount.PettyCash).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. (await Balances(countyCode, fiscalYear, cancellationToken)).Where(balance => allowed.Contains(balance.SourceId) && !petty.Contains(balance.AccountId))];
    }

    /// <summary>A township's petty cash of a year, or none.</summary>
    public Task<FundAccount?> PettyCash(string countyCode, int fiscalYear, string townshipCode, CancellationToken cancellationToken) => context.Set<FundAccount>().FirstOrDefaultAsync(
        row => row.CountyCode == countyCode && row.FiscalYear == fiscalYear && row.SubItem == FundAccount.PettyCash && context.Set<Organisation>().Any(unit => unit.Id == row.Unit && unit.AreaCode == townshipCode), cancellationToken);

    /// <summary>An account's entries, oldest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> Entries(string accountId, CancellationToken cancellationToken) =>
        await context.Set<LedgerEntry>().Where(row => row.AccountId == accountId).OrderBy(row => row.Sequence).ToListAsync(cancellationToken);

    /// <summary>A reservation with the shares that carry it, in the order of their use.</summary>
    public async Task<IReadOnlyList<ReservationPart>> Parts(string reservationId, CancellationToken cancellationToken) =>
        await context.Set<ReservationPart>().Where(row => row.ReservationId == reservationId).OrderBy(row => row.Rank).ToListAsync(cancellationToken);

    /// <summary>What a reservation still holds, in yuan: neither given back nor committed.</summary>
    public async Task<decimal> Standing(string reservationId, CancellationToken cancellationToken) => (await Parts(reservationId, cancellationToken)).Sum(ReservationBook.Remaining);

    /// <summary>The reservation that carries what an order delivers on a day: the latest whose period holds it, else the one that is named.</summary>
    public async Task<string?> ReservationOn(string orderId, string? named, DateOnly on, CancellationToken cancellationToken) =>
        await context.Set<Reservation>().Where(row => row.OrderId == orderId && row.Status != ReservationStatus.Closed && row.PeriodFrom <= on && row.PeriodTo >= on).OrderByDescending(row => row.PeriodFrom).ThenByDescending(row => row.CreatedAt)
            .Select(row => row.Id).FirstOrDefaultAsync(cancellationToken) ?? named;

    /// <summary>Whether a county's year is closed: its money has expired (E08).</summary>
    public Task<bool> IsClosed(string countyCode, int year, CancellationToken cancellationToken) =>
        context.Set<FundYear>().AnyAsync(row => row.CountyCode == countyCode && row.Year == year && row.ClosedAt != null, cancellationToken);

    /// <summary>Those of some accounts whose year is not closed.</summary>
    public async Task<IReadOnlyList<FundAccount>> StillOpen(IReadOnlyList<FundAccount> accounts, CancellationToken cancellationToken)
    {
        var years = accounts.Select(account => FundYear.IdOf(account.CountyCode, account.FiscalYear)).Distinct().ToList();
        var closed = await context.Set<FundYear>().Where(row => years.Contains(row.Id) && row.ClosedAt != null).Select(row => row.Id).ToListAsync(cancellationToken);
        return [.. accounts.Where(account => !closed.Contains(FundYear.IdOf(account.CountyCode, account.FiscalYear)))];
    }

    /// <summary>Whether payments out of one of these accounts are stopped until its difference is cleared (P24 step 5).</summary>
    public Task<bool> IsStopped(IReadOnlyList<string> accountIds, CancellationToken cancellationToken) =>
        context.Set<AccountCheck>().AnyAsync(row => accountIds.Contains(row.Id) && row.StoppedAt != null, cancellationToken);

    /// <summary>Where a county-year stands against the 1 % cap.</summary>
    public async Task<CapPosition> Cap(string countyCode, int fiscalYear, CancellationToken cancellationToken)
    {
        var cap = await context.Set<FundCap>().FirstOrDefaultAsync(row => row.CountyCode == countyCode && row.FiscalYear == fiscalYear, cancellationToken);
        var rows = await context.Set<FundAccount>()
            .Where(row => row.Kind == FundKind.F3 && row.CountyCode == countyCode && row.FiscalYear == fiscalYear).ToListAsync(cancellationToken);
        return new CapPosition(
            decimal.Floor(cap?.CapBase ?? 0) / 100m, rows.Sum(row => row.Appropriated), rows.Sum(row => row.Reserved + row.Committed + row.Spent));
    }

    /// <summary>The sequence numbers of an account at which its hash chain is broken or its totals do not follow; empty when all is well.</summary>
    public async Task<IReadOnlyList<int>> BrokenAt(string accountId, CancellationToken cancellationToken)
    {
        var previous = "";
        List<int> broken = [];
        foreach (var entry in await Entries(accountId, cancellationToken))
        {
            var posting = new Posting(entry.AccountId, entry.Kind, entry.Amount, entry.Reference, entry.Reason);
            var deed = new Deed(entry.CreatedBy, entry.CreatedAt, entry.IdemKey);
            if (entry.PreviousHash != previous || entry.Hash != Ledger.HashOf(previous, entry.Sequence, posting, deed))
                broken.Add(entry.Sequence);
            previous = entry.Hash;
        }

        return broken;
    }
}
