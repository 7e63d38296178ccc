using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Organisations;

namespace Relief.Flow.Activities.Funds;

/// <summary>Gives money to accounts and takes it back (P24). Every method locks first, then asks, then posts; a repeat posts nothing.</summary>
public sealed class FundBook(ReliefDbContext context)
{
    private readonly Ledger _ledger = new(context);

    /// <summary>Gives an account money by a document. All F3 accounts of the county-year together stay within the cap (INV-03).</summary>
    public Task<FundResult> Allocate(string accountId, decimal amount, string document, Deed deed, CancellationToken cancellationToken) =>
        amount <= 0
            ? Task.FromResult<FundResult>(new FundResult.RuleViolation("AmountNotPositive"))
            : Appropriate(new Posting(accountId, LedgerEntryKind.Allocate, amount, document), deed, cancellationToken);

    /// <summary>Opens a township's petty cash for a year, empty; money comes by two people as for every account. The account, or none when the unit or the county's F2 is unknown.</summary>
    public async Task<FundAccount?> OpenPettyCash(string unitId, int fiscalYear, Deed deed, CancellationToken cancellationToken)
    {
        if (await context.Set<Organisation>().FirstOrDefaultAsync(row => row.Id == unitId && row.Kind == OrganisationKind.Township, cancellationToken) is not { } unit
            || await context.Set<FundSource>().FirstOrDefaultAsync(row => row.CountyCode == unit.CountyCode && row.Kind == FundKind.F2, cancellationToken) is not { } source)
            return null;
        var id = $"F2-{fiscalYear}-{unitId}";
        await context.LockWord("fund_account:" + id, cancellationToken);
        if (await context.Set<FundAccount>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var account = new FundAccount { Id = id, CountyCode = unit.CountyCode, SourceId = source.Id, Kind = FundKind.F2, FiscalYear = fiscalYear, Unit = unitId, SubItem = FundAccount.PettyCash };
        await context.Insert(account, cancellationToken);
        await context.Audit("fund:" + id, new AuditDetail("PettyCashOpened", new { unitId, fiscalYear }), deed, cancellationToken);
        return account;
    }

    /// <summary>Corrects what an account was given, up or down, by a document; never below what is already in use (INV-01).</summary>
    public Task<FundResult> Adjust(string accountId, decimal amount, string document, Deed deed, CancellationToken cancellationToken) =>
        Appropriate(new Posting(accountId, LedgerEntryKind.Adjust, amount, document), deed, cancellationToken);

    /// <summary>Sets the base of the 1 % cap and says where the county stands. What exists stays, also above the new cap.</summary>
    public async Task<CapPosition> SetCapBase(FundCap cap, Deed deed, CancellationToken cancellationToken)
    {
        await context.LockWord("fund_cap:" + cap.Id, cancellationToken);
        var before = await context.Locked<FundCap>(cap.Id).SingleOrDefaultAsync(cancellationToken);
        if (before?.CapBase != cap.CapBase)
        {
            await (before is null ? context.Insert(cap, cancellationToken) : context.Replace(cap, cancellationToken));
            await context.Audit("fund-cap:" + cap.Id, new AuditDetail("CapBaseSet", new { From = before?.CapBase, To = cap.CapBase, cap.Document }), deed, cancellationToken);
        }

        return await new FundQueries(context).Cap(cap.CountyCode, cap.FiscalYear, cancellationToken);
    }

    /// <summary>Takes money back that was paid wrongly: it becomes available again. Approved by two people before.</summary>
    public async Task<FundResult> ClawBack(Posting posting, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var account = (await _ledger.LockAccounts([posting.AccountId], cancellationToken)).Single();
        return account.Spent < posting.Amount
            ? new FundResult.Short(account.Spent)
            : new FundResult.Posted(await _ledger.Post([posting with { Kind = LedgerEntryKind.ClawBack }], deed, cancellationToken));
    }

    private async Task<FundResult> Appropriate(Posting posting, Deed deed, CancellationToken cancellationToken)
    {
        if (await _ledger.PostedBy(deed, cancellationToken) is { Count: > 0 } known)
            return new FundResult.Posted(known);
        var account = (await _ledger.LockAccounts([posting.AccountId], cancellationToken)).SingleOrDefault();
        if (account is null)
            return new FundResult.RuleViolation("UnknownAccount");
        var available = FundQueries.AvailableOf(account);
        if (available + posting.Amount < 0)
            return new FundResult.Short(available);
        if (account.Kind == FundKind.F3 && posting.Amount > 0)
        {
            var cap = await _ledger.Cap(account, cancellationToken);
            if (cap.Appropriated + posting.Amount > cap.Cap)
                return new FundResult.CapExceeded(cap.Cap);
        }

        return new FundResult.Posted(await _ledger.Post([posting], deed, cancellationToken));
    }
}
