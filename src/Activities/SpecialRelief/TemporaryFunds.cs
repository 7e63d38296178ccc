using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>Which money pays temporary relief: the township's petty cash up to what it may give by itself, the county's account of F2 beyond (P28 step 7).</summary>
public sealed class TemporaryFunds(ReliefDbContext context)
{
    /// <summary>The account of a township or of the county for this year; none when there is none.</summary>
    public async Task<FundAccount?> Account(ReliefLinkage linkage, string? township, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var year = ChinaTime.DayOf(now).Year;
        return township is not null
            ? await new FundQueries(context).PettyCash(linkage.CountyCode, year, township, cancellationToken)
            : await context.Set<FundAccount>().Where(row => row.CountyCode == linkage.CountyCode && row.Kind == FundKind.F2 && row.FiscalYear == year && row.SubItem != FundAccount.PettyCash)
                .OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether a township may give this much by itself and has it.</summary>
    public async Task<bool> IsForTownship(ReliefLinkage linkage, string township, decimal amount, DateTimeOffset now, CancellationToken cancellationToken) =>
        amount <= await new ParameterQueries(context).Number("special.townLimit", township, ChinaTime.DayOf(now), cancellationToken)
        && await Account(linkage, township, now, cancellationToken) is { } account && FundQueries.AvailableOf(account) >= amount;

    /// <summary>Sets the money aside; the reservation, or none when the account does not hold it (INV-01).</summary>
    public async Task<(string Reservation, string Account)?> Reserve(ReliefLinkage linkage, string? township, Deed deed, CancellationToken cancellationToken)
    {
        if (await Account(linkage, township, deed.At, cancellationToken) is not { } account)
            return null;
        var day = ChinaTime.DayOf(deed.At);
        var result = await new ReservationBook(context).Reserve(new ReservationRequest
        {
            OrderId = ReliefLinkage.Chain(linkage.Id), CountyCode = linkage.CountyCode, Amount = linkage.Amount!.Value, PeriodFrom = day, PeriodTo = day,
            Purpose = new FundPurpose(ReliefCategory.TemporaryRelief, [], [], "P28"), CandidateAccounts = [account.Id]
        }, deed.Step("reserve"), cancellationToken);
        return result is ReservationResult.Reserved(var reservation, _) ? (reservation, account.Id) : null;
    }
}
