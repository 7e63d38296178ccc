using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;

namespace Relief.Flow.Activities.Funds;

/// <summary>Opens a county's year of money, keeps the decision of two people on what is carried over, and closes it (P24 steps 1 and 6).</summary>
public sealed class FundYearBook(ReliefDbContext context)
{
    /// <summary>Opens a year, once: its accounts are those of the year before, empty; a document gives them money.</summary>
    public async Task<FundYear> Open(string countyCode, int year, Deed deed, CancellationToken cancellationToken)
    {
        var id = FundYear.IdOf(countyCode, year);
        await context.LockWord("fund_year:" + id, cancellationToken);
        if (await context.Set<FundYear>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
            return known;
        var opened = new FundYear { Id = id, CountyCode = countyCode, CreatedAt = deed.At, CreatedBy = deed.By, Year = year };
        await context.Insert(opened, cancellationToken);
        var accounts = await context.Set<FundAccount>().Where(row => row.CountyCode == countyCode && (row.FiscalYear == year || row.FiscalYear == year - 1)).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        FundAccount[] missing = [.. accounts.Where(row => row.FiscalYear == year - 1
            && !accounts.Any(known => known.FiscalYear == year && (known.SourceId, known.Unit, known.SubItem) == (row.SourceId, row.Unit, row.SubItem)))];
        await context.InsertAll([.. missing.Select(row => row with { Id = Following(row), FiscalYear = year, Appropriated = 0, Reserved = 0, Committed = 0, Spent = 0 })], cancellationToken);
        await Note(id, "FundYearOpened", new { year, accounts = missing.Length }, deed, cancellationToken);
        return opened;
    }

    /// <summary>Keeps a proposal in the place of one before it that was not carried out; nothing is decided by it.</summary>
    public async Task Propose(string fundYearId, CarryProposal proposal, Deed deed, CancellationToken cancellationToken)
    {
        var year = await Locked(fundYearId, cancellationToken);
        await context.Set<CarryDecision>().Where(row => row.FundYearId == fundYearId && row.SettledAt == null).ExecuteDeleteAsync(cancellationToken);
        await context.Replace(year with { Document = proposal.Document, Rest = proposal.Rest, ProposedBy = deed.By, ApprovedBy = null, ApprovedAt = null }, cancellationToken);
        var orders = await context.Set<Reservation>().Where(row => proposal.Named.Keys.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.OrderId, cancellationToken);
        await context.InsertAll([.. proposal.Named.Select(one => new CarryDecision
        {
            Id = CarryDecision.IdOf(fundYearId, one.Key), CountyCode = year.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, FundYearId = fundYearId, ReservationId = one.Key,
            OrderId = orders[one.Key], Decision = one.Value, Document = proposal.Document
        })], cancellationToken);
        await Note(fundYearId, "CarryOverProposed", new { proposal.Document, Rest = proposal.Rest.ToString(), Named = proposal.Named.Count }, deed, cancellationToken);
    }

    /// <summary>Approves the proposal; false when there is none or who approves has proposed it.</summary>
    public async Task<bool> Approve(string fundYearId, Deed deed, CancellationToken cancellationToken)
    {
        var year = await Locked(fundYearId, cancellationToken);
        if (year.ProposedBy is null || year.ProposedBy == deed.By)
            return false;
        await context.Replace(year with { ApprovedBy = deed.By, ApprovedAt = deed.At }, cancellationToken);
        await context.Set<CarryDecision>().Where(row => row.FundYearId == fundYearId && row.SettledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ApprovedBy, deed.By), cancellationToken);
        await Note(fundYearId, "CarryOverApproved", new { year.Document, year.ProposedBy }, deed, cancellationToken);
        return true;
    }

    /// <summary>Closes the year, once: from now on nothing is set aside on its accounts. Whoever was setting money aside has ended before.</summary>
    public async Task<FundYear> Close(string fundYearId, Deed deed, CancellationToken cancellationToken)
    {
        var year = await context.Set<FundYear>().SingleAsync(row => row.Id == fundYearId, cancellationToken);
        if (year.ClosedAt is not null)
            return year;
        var accounts = await context.Set<FundAccount>().Where(row => row.CountyCode == year.CountyCode && row.FiscalYear == year.Year).Select(row => row.Id).ToListAsync(cancellationToken);
        await new Ledger(context).LockAccounts(accounts, cancellationToken);
        year = await Locked(fundYearId, cancellationToken);
        if (year.ClosedAt is not null)
            return year;
        var closed = year with { ClosedAt = deed.At };
        await context.Replace(closed, cancellationToken);
        await Note(fundYearId, "FundYearClosed", new { year.Document, year.ProposedBy, year.ApprovedBy }, deed, cancellationToken);
        return closed;
    }

    private static string Following(FundAccount account) =>
        account.Id.Contains($"-{account.FiscalYear}", StringComparison.Ordinal)
            ? account.Id.Replace($"-{account.FiscalYear}", $"-{account.FiscalYear + 1}", StringComparison.Ordinal)
            : $"{account.Id}-{account.FiscalYear + 1}";

    private async Task<FundYear> Locked(string fundYearId, CancellationToken cancellationToken)
    {
        return await context.Locked<FundYear>(fundYearId).SingleAsync(cancellationToken);
    }

    private Task Note(string fundYearId, string what, object detail, Deed deed, CancellationToken cancellationToken) =>
        context.Audit("fund-year:" + fundYearId, new AuditDetail(what, detail), deed, cancellationToken);
}
