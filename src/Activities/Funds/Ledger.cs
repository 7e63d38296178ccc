using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Funds;

/// <summary>Appends entries: each is chained to the one before on its account and moves the account's totals in the same statement.</summary>
/// <remarks>The caller has locked the accounts and asked whether there is room; the database refuses what may not be (INV-01, INV-03).</remarks>
internal sealed class Ledger(ReliefDbContext context)
{
    /// <summary>Posts in the order given and returns the entries' ids; a key that is posted already gives the id of then.</summary>
    public async Task<IReadOnlyList<string>> Post(IReadOnlyList<Posting> postings, Deed deed, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        for (var index = 0; index < postings.Count; index++)
            ids.Add(await Append(postings[index], deed.Step($"{postings[index].Kind}-{index + 1}"), cancellationToken));
        return ids;
    }

    /// <summary>The ids of what a deed has posted already; empty when it has not.</summary>
    public async Task<IReadOnlyList<string>> PostedBy(Deed deed, CancellationToken cancellationToken)
    {
        var start = deed.Key + "/";
        return await context.Set<LedgerEntry>().Where(row => row.IdemKey.StartsWith(start))
            .OrderBy(row => row.IdemKey).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Locks the accounts and, when one of them is F3, the cap and all F3 accounts of that year; then reads them.</summary>
    public async Task<IReadOnlyList<FundAccount>> LockAccounts(IReadOnlyList<string> accountIds, CancellationToken cancellationToken)
    {
        var accounts = await Read(accountIds, cancellationToken);
        var capped = accounts.Where(account => account.Kind == FundKind.F3).Select(CapId).Distinct().ToList();
        await context.Lock<FundCap>(capped, cancellationToken);
        await context.Lock<FundAccount>(accountIds, cancellationToken);
        return await Read(accountIds, cancellationToken);
    }

    /// <summary>The cap that binds an F3 account and what its county-year already holds against it.</summary>
    public async Task<CapPosition> Cap(FundAccount account, CancellationToken cancellationToken)
    {
        var id = CapId(account);
        var cap = await context.Set<FundCap>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        var all = await context.Set<FundAccount>()
            .Where(row => row.Kind == FundKind.F3 && row.CountyCode == account.CountyCode && row.FiscalYear == account.FiscalYear)
            .ToListAsync(cancellationToken);
        var limit = decimal.Floor(cap?.CapBase ?? 0) / 100m;
        return new CapPosition(limit, all.Sum(row => row.Appropriated), all.Sum(row => row.Reserved + row.Committed + row.Spent));
    }

    private static string CapId(FundAccount account) => $"{account.CountyCode}-{account.FiscalYear}";

    private async Task<IReadOnlyList<FundAccount>> Read(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await context.Set<FundAccount>().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);

    private async Task<string> Append(Posting posting, Deed deed, CancellationToken cancellationToken)
    {
        var known = await context.Set<LedgerEntry>().Where(row => row.IdemKey == deed.Key).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is not null)
            return known;

        var last = await context.Set<LedgerEntry>().Where(row => row.AccountId == posting.AccountId)
            .OrderByDescending(row => row.Sequence).Select(row => new { row.Sequence, row.Hash }).FirstOrDefaultAsync(cancellationToken);
        var sequence = (last?.Sequence ?? 0) + 1;
        var previous = last?.Hash ?? "";
        var entry = new LedgerEntry
        {
            Id = deed.NewId(),
            AccountId = posting.AccountId,
            Sequence = sequence,
            Kind = posting.Kind,
            Amount = posting.Amount,
            Reference = posting.Reference,
            Reason = posting.Reason,
            IdemKey = deed.Key,
            CreatedBy = deed.By,
            CreatedAt = deed.At,
            PreviousHash = previous,
            Hash = HashOf(previous, sequence, posting, deed)
        };
        await context.Insert(entry, cancellationToken);
        return entry.Id;
    }

    internal static string HashOf(string previous, int sequence, Posting posting, Deed deed) =>
        AuditTrail.Chain(previous, posting.AccountId, sequence, posting.Kind, decimal.ToInt64(posting.Amount * 100m),
            posting.Reference, posting.Reason, deed.Key, deed.By, deed.At.ToUnixTimeMilliseconds());
}
