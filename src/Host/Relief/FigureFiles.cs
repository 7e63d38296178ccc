using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Figures;
using Relief.Flow.Activities.Ledgers;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Sheets, ledgers and need lists as files.</summary>
internal static class FigureFiles
{
    /// <summary>A county's or township's figures, one a line, with a column for each township.</summary>
    public static async Task<IResult> Sheet(FigureDesk desk, FigureScope scope, string? township, CancellationToken cancellationToken)
    {
        var values = await desk.Reckon((queries, token) => queries.Sheet(FigureList.All, scope, token), cancellationToken);
        await using var db = desk.Records.ReadingAll();
        string[] codes = [.. values.SelectMany(value => value.Parts).Select(part => part.AreaCode).Distinct().Order(StringComparer.Ordinal)];
        var names = await new AreaQueries(db).Names([.. codes, scope.CountyCode, township ?? ""], cancellationToken);
        var rows = FigureList.All.Zip(values).Select(IReadOnlyList<object?> (one) =>
            [one.First.Key, one.First.Chinese, one.First.English, one.First.Unit.ToString(), one.Second.Value, .. codes.Select(code => (object?)one.Second.Parts.FirstOrDefault(part => part.AreaCode == code)?.Value), one.First.MeaningChinese]);
        return CsvFile.Of(FormattableString.Invariant($"figures-{township ?? scope.CountyCode}-{scope.From:yyyyMMdd}-{scope.To:yyyyMMdd}.csv"),
            [["key", "指标", "figure", "unit", names.GetValueOrDefault(township ?? scope.CountyCode), .. codes.Select(code => names.GetValueOrDefault(code, code)), "口径"], .. rows]);
    }

    /// <summary>A village's ledger.</summary>
    public static IResult Ledger(string village, IReadOnlyList<VillageLedgerRow> ledger) => CsvFile.Of($"ledger-{village}.csv",
        [["个案编号", "姓名", "救助类别", "状态", "登记时间", "在办订单", "已验收服务", "备注"],
            .. ledger.Select(IReadOnlyList<object?> (row) => [row.Number, row.Name, row.Category.ToString(), row.Status.ToString(), ChinaTime.DayOf(row.OpenedAt), row.ActiveOrders, row.AcceptedRecords, row.Remark])]);

    /// <summary>A need list of a day.</summary>
    public static IResult Needs(string area, DateOnly on, IReadOnlyList<ListedNeed> needs) => CsvFile.Of(FormattableString.Invariant($"needs-{area}-{on:yyyyMMdd}.csv"),
        [["个案编号", "姓名", "村(社区)", "需求项目", "需求类别", "紧急程度", "状态", "每月数量", "自"],
            .. needs.Select(IReadOnlyList<object?> (row) => [row.CaseNumber, row.Name, row.AreaCode, row.ItemCode, row.Family, row.Urgency.ToString(), row.Status.ToString(), row.Quantity, ChinaTime.DayOf(row.Since)])]);
}
