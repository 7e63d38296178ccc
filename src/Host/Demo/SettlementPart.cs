using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary>April is settled in May: the supplier claims one hour more than was accepted (P10, P24).</summary>
internal sealed class SettlementPart(ApiCaller caller, Tale tale, VisitsPart visits)
{
    private const string Batch = "999901-PV-A-2026-04";

    /// <summary>Plays it and gives what April came to.</summary>
    public async Task<BatchFigures> Play(string caseId, CancellationToken cancellationToken)
    {
        await visits.Until(ApiCaller.On(5, 1, 1), cancellationToken);
        var hours = await visits.CareHours(cancellationToken);
        await tale.Says(caseId, string.Create(CultureInfo.InvariantCulture, $"四月服务结束:认可照料{hours:0.##}小时、清洁4次"),
            string.Create(CultureInfo.InvariantCulture, $"April is over: {hours:0.##} hours of care and 4 cleanings are accepted"), cancellationToken);

        await visits.Until(ApiCaller.On(5, 6, 9), cancellationToken);
        var lines = new[] { new { itemCode = "home-care", quantity = 16 }, new { itemCode = "cleaning", quantity = 4 } };
        await caller.Decide(new Decision("settlement.claim", "supplier-a", "Claimed", new { lines }), cancellationToken);
        await tale.Says(caseId, "示例社工中心甲申报:照料16小时、清洁4次", "PV-A claims 16 hours and 4 cleanings", cancellationToken);

        await visits.Until(ApiCaller.On(5, 8, 9), cancellationToken);
        await caller.Decide(new Decision("settlement.verify", "settlement-clerk-1", "Verified"), cancellationToken);
        var rejected = await Rejected(cancellationToken);
        var (amount, reason) = (rejected.Sum(line => line.GetProperty("amount").GetDecimal()), string.Join(' ', rejected.Select(line => ApiCaller.Text(line, "reason")).Distinct()));
        await tale.Says(caseId, string.Create(CultureInfo.InvariantCulture, $"核对:无认可记录的1小时不予支付({amount:0.##}元)"),
            string.Create(CultureInfo.InvariantCulture, $"Verified: one line is Rejected({reason}), {amount:0.##} yuan"), cancellationToken);

        await visits.Until(ApiCaller.On(5, 12, 9), cancellationToken);
        await caller.Decide(new Decision("settlement.approve", "township-reviewer-1", "Approved"), cancellationToken);
        await tale.Says(caseId, "结算由另一人审批通过", "Another person approves the batch", cancellationToken);

        return await Pay(caseId, new BatchFigures(hours, 0, amount, reason, default, default), cancellationToken);
    }

    private async Task<BatchFigures> Pay(string caseId, BatchFigures april, CancellationToken cancellationToken)
    {
        await visits.Until(ApiCaller.On(5, 15, 9), cancellationToken);
        await caller.Event("pay:" + Batch, new { voucher = "bank-05" }, cancellationToken);
        var batch = (await View(cancellationToken)).GetProperty("batch");
        var paid = batch.GetProperty("paidTotal").GetDecimal();
        await tale.Says(caseId, string.Create(CultureInfo.InvariantCulture, $"财政支付{paid:N0}元,凭证bank-05"),
            string.Create(CultureInfo.InvariantCulture, $"{paid:N0} yuan are paid, voucher bank-05"), cancellationToken);
        return april with { Paid = paid, ApprovedOn = ApiCaller.Day(batch, "approvedAt"), PaidOn = ApiCaller.Day(batch, "paidAt") };
    }

    private async Task<IReadOnlyList<JsonElement>> Rejected(CancellationToken cancellationToken) =>
        [.. (await View(cancellationToken)).GetProperty("lines").EnumerateArray().Select(view => view.GetProperty("line")).Where(line => ApiCaller.Text(line, "status") == "Rejected")];

    private Task<JsonElement> View(CancellationToken cancellationToken) => caller.Get("settlement/batches/" + Batch, cancellationToken);
}
