using Microsoft.EntityFrameworkCore;

namespace Relief.Flow.Activities.Funds;

/// <summary>Takes reservations over the end of their year (E22): what was delivered is committed by accrual, the rest goes into the next year's account of the same source.</summary>
/// <remarks>A repeat with the deed's key moves nothing. Every method locks first, then asks, then posts.</remarks>
public sealed class CarryBook(ReliefDbContext context)
{
    private readonly Ledger _ledger = new(context);

    /// <summary>Commits by accrual up to an amount of what is still reserved on a year's accounts; how much.</summary>
    public async Task<decimal> Accrue(string reservationId, int year, decimal most, Deed deed, CancellationToken cancellationToken)
    {
        var open = await Open(reservationId, year, cancellationToken);
        List<Posting> postings = [];
        List<ReservationPart> changed = [];
        foreach (var (part, _) in open)
        {
            var amount = Math.Min(most - postings.Sum(posting => posting.Amount), part.Unspoken);
            if (amount <= 0)
                break;
            changed.Add(part with { Committed = part.Committed + amount, Accrued = part.Accrued + amount });
            postings.Add(new Posting(part.AccountId, LedgerEntryKind.Commit, amount, $"accrual:{reservationId}"));
        }

        await PartSql.Write(context, changed, cancellationToken);
        await _ledger.Post(postings, deed, cancellationToken);
        return postings.Sum(posting => posting.Amount);
    }

    /// <summary>Gives back what is still reserved on a year's accounts; how much.</summary>
    public async Task<decimal> Expire(string reservationId, int year, Deed deed, CancellationToken cancellationToken)
    {
        var open = await Open(reservationId, year, cancellationToken);
        await PartSql.Write(context, [.. open.Select(one => one.Part with { Released = one.Part.Released + one.Part.Unspoken })], cancellationToken);
        await _ledger.Post([.. open.Select(one => new Posting(one.Account.Id, LedgerEntryKind.Release, one.Part.Unspoken, reservationId))], deed, cancellationToken);
        return open.Sum(one => one.Part.Unspoken);
    }

    /// <summary>
    /// Moves what is still reserved on a year's accounts into the next year's accounts of the same sources and sets it aside there again: all of it, or nothing and why.
    /// </summary>
    /// <param name="reservationId">The reservation.</param>
    /// <param name="into">The year that is closed, the last day of a reservation of its own in the next (null when this one goes on), and the document of the decision.</param>
    /// <param name="deed">The close.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    public async Task<CarryResult> Carry(string reservationId, (int Year, DateOnly? Until, string Document) into, Deed deed, CancellationToken cancellationToken)
    {
        var own = await Accounts(reservationId, into.Year, cancellationToken);
        var next = await Next(own, cancellationToken);
        var locked = await _ledger.LockAccounts([.. own.Concat(next.Values).Select(account => account.Id)], cancellationToken);   // both years' at once, in their order
        var open = await Unspoken(reservationId, locked.Where(account => account.FiscalYear == into.Year), cancellationToken);
        if (open.Any(one => !next.ContainsKey(one.Account.Id)))
            return new CarryResult(0, reservationId, "NoNextAccount");
        if (open.Find(one => one.Account.Kind == FundKind.F3).Account is { } f3 && next[f3.Id] is var capped)
        {
            var cap = await _ledger.Cap(capped, cancellationToken);
            var special = open.Where(one => one.Account.Kind == FundKind.F3).Sum(one => one.Part.Unspoken);
            if (cap.Appropriated + special > cap.Cap || special > cap.Room)
                return new CarryResult(0, reservationId, "CapExceeded");   // INV-03 holds for money that is carried over as for any other
        }

        var id = into.Until is { } until ? await Successor(reservationId, (into.Year, until, open.Sum(one => one.Part.Unspoken)), deed, cancellationToken) : reservationId;
        await Move(open, next, (id, into.Document), deed, cancellationToken);
        return new CarryResult(open.Sum(one => one.Part.Unspoken), id, null);
    }

    private async Task Move(
        IReadOnlyList<(ReservationPart Part, FundAccount Account)> open, Dictionary<string, FundAccount> next, (string Reservation, string Document) into, Deed deed, CancellationToken cancellationToken)
    {
        var rank = await context.Set<ReservationPart>().CountAsync(part => part.ReservationId == into.Reservation, cancellationToken);
        List<Posting> postings = [];
        foreach (var (part, account) in open)
        {
            var (to, amount) = (next[account.Id], part.Unspoken);
            await context.Replace(part with { Released = part.Released + amount }, cancellationToken);
            await context.Insert(new ReservationPart { Id = $"{into.Reservation}-{++rank}", ReservationId = into.Reservation, AccountId = to.Id, Rank = rank, Reserved = amount }, cancellationToken);
            postings.AddRange([
                new Posting(account.Id, LedgerEntryKind.Release, amount, part.ReservationId), new Posting(account.Id, LedgerEntryKind.CarryOver, -amount, into.Document),
                new Posting(to.Id, LedgerEntryKind.CarryOver, amount, into.Document), new Posting(to.Id, LedgerEntryKind.Reserve, amount, into.Reservation)]);
        }

        await _ledger.Post(postings, deed, cancellationToken);
    }

    private async Task<string> Successor(string reservationId, (int Year, DateOnly Until, decimal Amount) of, Deed deed, CancellationToken cancellationToken)
    {
        var before = await context.Set<Reservation>().SingleAsync(row => row.Id == reservationId, cancellationToken);
        var id = deed.NewId();
        await context.Insert(before with
        {
            Id = id, CreatedAt = deed.At, CreatedBy = deed.By, Amount = of.Amount, PeriodFrom = new DateOnly(of.Year + 1, 1, 1), PeriodTo = of.Until, Status = ReservationStatus.Active, IdemKey = deed.Key
        }, cancellationToken);
        return id;
    }

    // Which they are never changes; what they hold is asked once they are locked.
    private async Task<IReadOnlyList<FundAccount>> Accounts(string reservationId, int year, CancellationToken cancellationToken)
    {
        var ids = (await new FundQueries(context).Parts(reservationId, cancellationToken)).Select(part => part.AccountId).ToList();
        return await context.Set<FundAccount>().Where(row => ids.Contains(row.Id) && row.FiscalYear == year).ToListAsync(cancellationToken);
    }

    private async Task<List<(ReservationPart Part, FundAccount Account)>> Open(string reservationId, int year, CancellationToken cancellationToken) => await Unspoken(
        reservationId, await _ledger.LockAccounts([.. (await Accounts(reservationId, year, cancellationToken)).Select(account => account.Id)], cancellationToken), cancellationToken);

    private async Task<List<(ReservationPart Part, FundAccount Account)>> Unspoken(string reservationId, IEnumerable<FundAccount> locked, CancellationToken cancellationToken)
    {
        var accounts = locked.ToDictionary(account => account.Id);
        return [.. (await new FundQueries(context).Parts(reservationId, cancellationToken))
            .Where(part => part.Unspoken > 0 && accounts.ContainsKey(part.AccountId)).Select(part => (part, accounts[part.AccountId]))];
    }

    private async Task<Dictionary<string, FundAccount>> Next(IReadOnlyList<FundAccount> accounts, CancellationToken cancellationToken)
    {
        Dictionary<string, FundAccount> next = [];
        foreach (var account in accounts)
        {
            var following = await context.Set<FundAccount>().FirstOrDefaultAsync(
                row => row.SourceId == account.SourceId && row.Unit == account.Unit && row.SubItem == account.SubItem && row.FiscalYear == account.FiscalYear + 1, cancellationToken);
            if (following is not null)
                next[account.Id] = following;
        }

        return next;
    }
}
