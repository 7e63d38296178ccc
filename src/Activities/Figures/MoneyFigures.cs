using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Settlement;

namespace Relief.Flow.Activities.Figures;

/// <summary>The figures of money: from the ledger, the settlement and the subsidies, by the moment at which it was booked (FA-011 to FA-014, FA-035, X11). Yuan.</summary>
internal static class MoneyFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        Yuan("money.allocated", "资金拨入", "Money allocated", "ledger_entry", "拨付、调整与结转的账目之和。", "Allocations, adjustments and carry-over of the ledger.",
            (db, scope) => Booked(db, scope, null, LedgerEntryKind.Allocate, LedgerEntryKind.Adjust, LedgerEntryKind.CarryOver)),
        Spent("money.spent", "资金支出", "Money spent", null, "全部资金的支出减去追回。", "What was spent less what was taken back, of all funds."),
        .. Enum.GetValues<FundKind>().Select(kind => Spent("money." + kind, $"资金 {kind} 支出", $"Money of {kind} spent", kind, $"资金 {kind} 的支出减去追回。", $"What was spent of {kind} less what was taken back.")),
        Yuan("settlement.paid", "结算支付", "Settlement paid", "settlement_line", "已支付的结算明细之和(含负数更正)。", "Settlement lines that are paid, corrections among them.", (db, scope) =>
            from line in db.Set<SettlementLine>()
            join batch in db.Set<SettlementBatch>() on line.BatchId equals batch.Id
            where line.CountyCode == scope.CountyCode && line.Status == LineStatus.Paid && batch.PaidAt >= scope.Start && batch.PaidAt < scope.End
            select new FigureRow { Id = line.Id, AreaCode = batch.TownshipCode, At = batch.PaidAt, What = line.ItemCode, Amount = line.Amount }),
        Yuan("settlement.rejected", "结算核减", "Settlement refused", "settlement_line", "被驳回的结算明细之和，按申报时间。", "Settlement lines that were refused, by when they were claimed.", (db, scope) =>
            from line in db.Set<SettlementLine>()
            join batch in db.Set<SettlementBatch>() on line.BatchId equals batch.Id
            where line.CountyCode == scope.CountyCode && line.Status == LineStatus.Rejected && line.CreatedAt >= scope.Start && line.CreatedAt < scope.End
            select new FigureRow { Id = line.Id, AreaCode = batch.TownshipCode, At = line.CreatedAt, What = line.Reason, Amount = line.Amount }),
        Yuan("subsidies.paid", "邻里补贴支付", "Neighbour subsidies paid", "subsidy", "已支付的邻里互助补贴之和。", "Subsidies of neighbours that are paid.", (db, scope) =>
            from subsidy in db.Set<Subsidy>()
            join sheet in db.Set<SubsidySheet>() on subsidy.SheetId equals sheet.Id
            where sheet.CountyCode == scope.CountyCode && subsidy.Status == SubsidyStatus.Paid && sheet.PaidAt >= scope.Start && sheet.PaidAt < scope.End
            select new FigureRow { Id = subsidy.Id, AreaCode = sheet.TownshipCode, At = sheet.PaidAt, Amount = subsidy.Granted }),
        Yuan("conferences.money", "一事一议帮扶金额", "Granted by conferences", "conference_measure", "一事一议决议措施的金额之和(含其他部门)。", "Amounts of the measures that conferences resolved, other departments' among them.", (db, scope) =>
            from measure in db.Set<ConferenceMeasure>()
            where measure.CountyCode == scope.CountyCode && measure.CreatedAt >= scope.Start && measure.CreatedAt < scope.End
            select new FigureRow { Id = measure.Id, AreaCode = measure.CountyCode, At = measure.CreatedAt, What = measure.UnitCode, Amount = measure.Amount }),
        Yuan("inKind.value", "慈善物资价值", "Goods in kind", "in_kind_entry", "实物台账的价值之和，不计入资金。", "Value of the in-kind ledger; it is no money.", (db, scope) =>
            from entry in db.Set<InKindEntry>()
            join order in db.Set<Order>() on entry.OrderId equals order.Id
            join parent in db.Set<Case>() on order.CaseId equals parent.Id
            where entry.CountyCode == scope.CountyCode && entry.GivenOn >= scope.From && entry.GivenOn <= scope.To
            select new FigureRow { Id = entry.Id, AreaCode = parent.AreaCode, On = entry.GivenOn, Amount = entry.Value })
    ];

    private static Figure Spent(string key, string chinese, string english, FundKind? kind, string meaningChinese, string meaning) =>
        Yuan(key, chinese, english, "ledger_entry", meaningChinese, meaning, (db, scope) => Booked(db, scope, kind, LedgerEntryKind.Spend, LedgerEntryKind.ClawBack));

    // What is taken back is booked as an amount of its own.
    private static IQueryable<FigureRow> Booked(ReliefDbContext db, FigureScope scope, FundKind? fund, params LedgerEntryKind[] kinds) =>
        from entry in db.Set<LedgerEntry>()
        join account in db.Set<FundAccount>() on entry.AccountId equals account.Id
        where account.CountyCode == scope.CountyCode && (fund == null || account.Kind == fund) && kinds.Contains(entry.Kind) && entry.CreatedAt >= scope.Start && entry.CreatedAt < scope.End
        select new FigureRow { Id = entry.Id, AreaCode = account.CountyCode, At = entry.CreatedAt, What = entry.Reference, Amount = entry.Kind == LedgerEntryKind.ClawBack ? -entry.Amount : entry.Amount };

    private static Figure Yuan(string key, string chinese, string english, string of, string meaningChinese, string meaning, Func<ReliefDbContext, FigureScope, IQueryable<FigureRow>> rows) =>
        new(key, chinese, english, FigureUnit.Yuan) { Of = of, MeaningChinese = meaningChinese, Meaning = meaning, Rows = rows };
}
