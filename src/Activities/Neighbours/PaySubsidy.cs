using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>Commits a sheet's money and waits for the voucher, due on 15 February (P11 step 7): event <c>pay:{sheetId}</c>, or the finance officer's task.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "Pays a sheet of subsidies and posts it to the ledger.", Chinese = "发放补贴", Waits = true, MovesMoney = true)]
[Outcomes("Paid", "Failed")]
public sealed class PaySubsidy : SheetStep
{
    protected override IEnumerable<Bookmark> Also => [Bookmark.Event("paid", "pay:" + SheetId)];

    protected override async Task<ActivityResult?> Begin(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken) =>
        await new SubsidyBook(db).Commit(SheetId, context.DeedOf("commit"), cancellationToken) is FundResult.Posted
            ? null
            : new Faulted("subsidy.notCommitted", $"The sheet {SheetId} has not the money set aside that it grants.");

    protected override async Task<HumanTask> Ask(ReliefDbContext db, SubsidySheet sheet, ActivityContext context, CancellationToken cancellationToken)
    {
        var total = (await new NeighbourQueries(db).Sheet(SheetId, cancellationToken))!.Granted;
        return Work("subsidy.pay", "发放邻里补贴", (ReliefRoles.CountyFinance, sheet.CountyCode), await new YearDates(db, sheet).Due("neighbour.pay", cancellationToken)) with
        {
            Outcomes = ["Paid", "Failed"],
            Form = [new FormField("voucher", "凭证号", "string", ["Paid"]), new FormField("reason", "原因", "string", ["Failed"])],
            Excluded = sheet.Reviewer is { } reviewer ? [reviewer] : [],
            Data = Json(new { total })
        };
    }

    protected override async Task<ActivityResult?> Decide(
        ReliefDbContext db, SubsidySheet sheet, (ActivityContext Context, Answer Answer) by, CancellationToken cancellationToken)
    {
        if (by.Answer.Decision == "Failed")
            return new Completed("Failed");
        if (by.Answer.Text("voucher") is not { Length: > 0 } voucher)
            return null;
        if (await new SubsidyBook(db).Pay(SheetId, voucher, by.Context.DeedOf("pay", by.Answer.By), cancellationToken) is not FundResult.Posted)
            return new Faulted("subsidy.notPosted", $"The sheet {SheetId} has no committed money to post.") { MayRetry = false };
        return new Completed("Paid")
        {
            Send = [.. (await new NeighbourQueries(db).Subsidies(SheetId, cancellationToken)).Select(paid => Tell.Staff("subsidy.paid", "N", paid.HelperId, new { paid.Year, paid.Granted }))]
        };
    }
}
