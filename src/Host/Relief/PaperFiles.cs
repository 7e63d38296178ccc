using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Statements, yearly sheets and payments as files.</summary>
internal static class PaperFiles
{
    /// <summary>A statement, line by line with the records behind it.</summary>
    public static IResult Of(Statement statement) => CsvFile.Of($"statement-{statement.Batch.Id}.csv",
        [["服务号", "姓名", "服务项目", "服务日期", "数量", "单价(元)", "金额(元)", "状态", "原因", "资金", "服务记录", "结算行", "原结算行"],
            .. statement.Lines.Select(IReadOnlyList<object?> (row) =>
                [row.ServiceNo, row.PersonName, row.ItemName, row.Line.ServiceDate, row.Line.Quantity, row.Line.UnitPrice, row.Line.Amount, row.Line.Status.ToString(), row.Line.Reason,
                    string.Join(' ', row.Funds.Select(fund => FormattableString.Invariant($"{fund.Kind} {fund.Amount:0.00}"))), row.Line.RecordId, row.Line.Id, row.Line.OrigLineId])]);

    /// <summary>A neighbour's year, visit by visit.</summary>
    public static IResult Of(YearSheet sheet) => CsvFile.Of($"neighbour-{sheet.Subsidy.Id}.csv",
        [["日期", "服务对象", "内容", "确认方式", "帮扶记录"], .. sheet.Days.Select(IReadOnlyList<object?> (day) => [day.On, day.PersonName, day.Content, day.ConfirmedHow, day.LogId])]);

    /// <summary>What the bank is to pay.</summary>
    public static byte[] Of(PaymentFile file) => CsvFile.Bytes(
        [["指令编号", "序号", "收款人", "收款账号", "金额(元)", "用途", "资金来源"],
            .. file.Payments.Select(IReadOnlyList<object?> (payment, at) => [file.Key, at + 1, payment.Payee, payment.Account, payment.Amount, payment.Purpose, payment.Funds])]);
}
