using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Sets a sheet's money aside in the year's F3, or brings what is set aside to the sheet's sum (P11 step 5, INV-03).</summary>
/// <remarks>Done at the freeze, so that it survives the close of the year (0.2b), and once more after the review.</remarks>
[ChangesRecords]
[Activity("Relief Neighbours", "Sets a sheet's money aside in the special funds.", Chinese = "补贴资金预留")]
[Outcomes("Reserved", "Short", "Blocked")]
public sealed class ReserveSubsidy : Activity
{
    [Input("The sheet.", Chinese = "补贴表")]
    public required string SheetId { get; init; }

    [Output("Yuan.", Chinese = "金额")]
    public decimal Amount { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var view = (await new NeighbourQueries(db).Sheet(SheetId, cancellationToken))!;
        Amount = view.Granted;
        if (view.Sheet.ReservationId is { } held)
            return new Completed(await new ReservationBook(db).AdjustTo(held, (Amount, true), context.DeedOf("adjust"), cancellationToken) switch
            {
                FundResult.Posted => "Reserved",
                FundResult.CapExceeded => "Blocked",
                _ => "Short"
            });

        var result = await new ReservationBook(db).Reserve(await Request(db, view, cancellationToken), context.DeedOf("reserve"), cancellationToken);
        if (result is not ReservationResult.Reserved(var id, _))
            return new Completed(result is ReservationResult.Blocked ? "Blocked" : "Short");
        await new SubsidyBook(db).Change(SheetId, sheet => sheet with { ReservationId = id, Status = SheetStatus.Reserved }, context.DeedOf("sheet"), cancellationToken);
        return new Completed("Reserved");
    }

    private async Task<ReservationRequest> Request(ReliefDbContext db, SheetView view, CancellationToken cancellationToken)
    {
        var pair = view.Helpers.SelectMany(line => line.Logs).First().PairId;
        var category = await db.Set<Pair>().Where(row => row.Id == pair)
            .Join(db.Set<Order>(), row => row.OrderId, order => order.Id, (_, order) => order.CaseId)
            .Join(db.Set<Case>(), id => id, parent => parent.Id, (_, parent) => parent.Category).SingleAsync(cancellationToken);
        var sheet = view.Sheet;
        var accounts = (await new FundQueries(db).Balances(sheet.CountyCode, sheet.Year, cancellationToken)).Where(balance => balance.Kind == FundKind.F3);
        return new ReservationRequest
        {
            OrderId = "subsidy:" + sheet.Id,
            CountyCode = sheet.CountyCode,
            Amount = Amount,
            PeriodFrom = new DateOnly(sheet.Year, 1, 1),
            PeriodTo = new DateOnly(sheet.Year, 12, 31),
            Purpose = new FundPurpose(category, [], ["neighbour-help"], "M6"),
            CandidateAccounts = [.. accounts.Select(account => account.AccountId)],
            SplitAllowed = true,
            MayFollowClose = true
        };
    }
}
