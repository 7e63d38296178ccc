using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Settlement;

namespace Relief.Flow.Activities.FundYears;

/// <summary>Holds an account's ledger against its totals, its reservations, its batches and their payments (P24 step 5).</summary>
internal sealed class AccountComparison(ReliefDbContext context)
{
    private const int AtOnce = 5_000;

    /// <summary>The account's check as it stands now; its difference is a code, and null when all agrees.</summary>
    /// <remarks>Money may move between two statements: what does not agree is looked at once more with the account locked.</remarks>
    public async Task<AccountCheck> Of(string accountId, AccountCheck? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var check = await Once(accountId, before, now, cancellationToken);
        if (check.Difference is null)
            return check;
        await new Ledger(context).LockAccounts([accountId], cancellationToken);
        return await Once(accountId, before, now, cancellationToken);
    }

    private async Task<AccountCheck> Once(string accountId, AccountCheck? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = await context.Set<FundAccount>().SingleAsync(row => row.Id == accountId, cancellationToken);
        var check = (before ?? new AccountCheck { Id = accountId, CountyCode = account.CountyCode, CheckedAt = now, CheckedTo = 0, CheckedHash = "", Told = 0 }) with { CheckedAt = now };
        var (whole, chain) = await Chain(check, cancellationToken);
        var difference = chain
            ?? (await Totals(account, cancellationToken) ? null : "TotalsDiffer")
            ?? (await Reservations(account, cancellationToken) ? null : "ReservationsDiffer")
            ?? (await Batches(account, cancellationToken) ? null : "BatchesDiffer")
            ?? (await Payments(account, cancellationToken) ? null : "PaymentsDiffer");
        return whole with { Difference = difference, StoppedAt = difference is null ? null : check.StoppedAt ?? now };
    }

    // Each entry was hashed over the one before: what was seen whole once need not be read again.
    private async Task<(AccountCheck Check, string? Broken)> Chain(AccountCheck check, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entries = await context.Set<LedgerEntry>().Where(row => row.AccountId == check.Id && row.Sequence > check.CheckedTo).OrderBy(row => row.Sequence).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var entry in entries)
            {
                var posting = new Posting(entry.AccountId, entry.Kind, entry.Amount, entry.Reference, entry.Reason);
                if (entry.Sequence != check.CheckedTo + 1 || entry.Hash != Ledger.HashOf(check.CheckedHash, entry.Sequence, posting, new Deed(entry.CreatedBy, entry.CreatedAt, entry.IdemKey)))
                    return (check, "ChainBroken");
                check = check with { CheckedTo = entry.Sequence, CheckedHash = entry.Hash };
            }

            if (entries.Count < AtOnce)
                return (check, null);
        }
    }

    private async Task<bool> Totals(FundAccount account, CancellationToken cancellationToken)
    {
        var sums = await context.Set<LedgerEntry>().Where(row => row.AccountId == account.Id).GroupBy(row => row.Kind)
            .Select(group => new { group.Key, Amount = group.Sum(row => row.Amount) }).ToDictionaryAsync(group => group.Key, group => group.Amount, cancellationToken);
        decimal Sum(LedgerEntryKind kind) => sums.GetValueOrDefault(kind);
        return account.Appropriated == Sum(LedgerEntryKind.Allocate) + Sum(LedgerEntryKind.Adjust) + Sum(LedgerEntryKind.CarryOver)
            && account.Reserved == Sum(LedgerEntryKind.Reserve) - Sum(LedgerEntryKind.Release) - Sum(LedgerEntryKind.Commit)
            && account.Committed == Sum(LedgerEntryKind.Commit) - Sum(LedgerEntryKind.Spend)
            && account.Spent == Sum(LedgerEntryKind.Spend) - Sum(LedgerEntryKind.ClawBack);
    }

    private async Task<bool> Reservations(FundAccount account, CancellationToken cancellationToken)
    {
        var sums = await context.Set<ReservationPart>().Where(part => part.AccountId == account.Id).GroupBy(part => part.AccountId).Select(group => new
        {
            Reserved = group.Sum(part => part.Reserved), Released = group.Sum(part => part.Released), Committed = group.Sum(part => part.Committed), Spent = group.Sum(part => part.Spent)
        }).SingleOrDefaultAsync(cancellationToken);
        return (account.Reserved, account.Committed, account.Spent)
            == (sums is null ? (0, 0, 0) : (sums.Reserved - sums.Released - sums.Committed, sums.Committed - sums.Spent, sums.Spent));
    }

    // What the ledger spent for a batch is what its lines were paid from the account; what is taken back is booked as an amount of its own.
    private async Task<bool> Batches(FundAccount account, CancellationToken cancellationToken)
    {
        var booked = await context.Set<LedgerEntry>()
            .Where(row => row.AccountId == account.Id && (row.Kind == LedgerEntryKind.Spend || row.Kind == LedgerEntryKind.ClawBack) && context.Set<SettlementBatch>().Any(batch => batch.Id == row.Reference && batch.PaidAt != null))
            .GroupBy(row => new { row.Reference, row.Kind }).Select(group => new { group.Key.Reference, group.Key.Kind, Amount = group.Sum(row => row.Amount) }).ToListAsync(cancellationToken);
        var paid = await (from split in context.Set<LineSplit>()
                          join line in context.Set<SettlementLine>() on split.LineId equals line.Id
                          join batch in context.Set<SettlementBatch>() on line.BatchId equals batch.Id
                          where split.AccountId == account.Id && line.Status == LineStatus.Paid && batch.PaidAt != null
                          group split.Amount by line.BatchId into lines
                          select new { Batch = lines.Key, Amount = lines.Sum() }).ToDictionaryAsync(row => row.Batch, row => row.Amount, cancellationToken);
        var spent = booked.GroupBy(row => row.Reference).ToDictionary(group => group.Key, group => group.Sum(row => row.Kind == LedgerEntryKind.Spend ? row.Amount : -row.Amount));
        return spent.All(one => paid.GetValueOrDefault(one.Key) == one.Value) && paid.All(one => spent.GetValueOrDefault(one.Key) == one.Value);
    }

    // A batch is paid when the bank has given its voucher.
    private async Task<bool> Payments(FundAccount account, CancellationToken cancellationToken) => !await (
        from line in context.Set<SettlementLine>()
        join batch in context.Set<SettlementBatch>() on line.BatchId equals batch.Id
        where batch.PaidAt != null && batch.Voucher == null && context.Set<LineSplit>().Any(split => split.LineId == line.Id && split.AccountId == account.Id)
        select line.Id).AnyAsync(cancellationToken);
}
