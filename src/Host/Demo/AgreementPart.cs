namespace Relief.Flow.Host.Demo;

/// <summary>From the referral to the first day of service: plan, agreement, file and public notice (P06 to P08, P27, P28).</summary>
internal sealed class AgreementPart(ApiCaller caller, Tale tale, FirstPurchaseFigures figures)
{
    /// <summary>Plays it and adds the order, the service number, the notice and the first visit's deadline.</summary>
    public async Task<FirstPurchaseFigures> Play(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 25, 9), cancellationToken);
        await caller.Decide(new Decision("referral", "supplier-a", "Accepted"), cancellationToken);
        await tale.Says(figures.CaseId, "示例社工中心甲接受转介", "PV-A accepts the referral", cancellationToken);
        await IsPlanned(cancellationToken);
        await IsSigned(cancellationToken);
        await IsFiled(cancellationToken);
        var notice = (await caller.List($"cases/{figures.CaseId}/notices", cancellationToken))[0];
        var order = (await caller.List($"cases/{figures.CaseId}/orders", cancellationToken))[0];
        await tale.Says(figures.CaseId, "公示张贴:" + ApiCaller.Text(notice, "content"), "The public notice is up, the file is complete", cancellationToken);
        return figures with
        {
            OrderId = ApiCaller.Text(order, "id"), Notice = ApiCaller.Text(notice, "content"), ServiceNumber = ApiCaller.Text(notice, "serviceNo")
        };
    }

    private async Task IsPlanned(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 30, 9), cancellationToken);
        var lines = new[] { new { itemCode = "home-care", quantityPerMonth = 16, visitsPerMonth = 8 }, new { itemCode = "cleaning", quantityPerMonth = 4, visitsPerMonth = 4 } };
        await caller.Decide(new Decision("plan", "supplier-a", "Submitted", new { goals = "照料", lines }), cancellationToken);
        await caller.Decide(new Decision("plan.agree", "clerk-1", "Agreed"), cancellationToken);
        await tale.Says(figures.CaseId, "方案达成一致:每月8次×2小时照料、4次清洁", "The plan is agreed: 8 visits of 2 hours and 4 cleanings a month", cancellationToken);
    }

    private async Task IsSigned(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 31, 9), cancellationToken);
        await caller.Sign("supplier-a", cancellationToken);
        var delivery = (await caller.List("instances?definitionId=procedure.delivery", cancellationToken))[0];
        var waits = (await caller.Get("instances/" + ApiCaller.Text(delivery, "id"), cancellationToken)).GetProperty("bookmarks");
        figures.Due["first-visit"] = ApiCaller.Day(waits.EnumerateArray().Single(wait => ApiCaller.Text(wait, "name") == "first"), "due");
        await tale.Says(figures.CaseId, "三方签订协议,期限4月1日至12月31日", "The agreement is signed for 1 April to 31 December", cancellationToken);
    }

    private async Task IsFiled(CancellationToken cancellationToken)
    {
        string[] kinds = ["idCard", "householdRegister", "reliefStatusProof", "receivedServices", "noticeProof"];
        await caller.Decide(new Decision("notice.post", "surveyor-qian", "Posted", new { proof = "photo-1" }), cancellationToken);
        await caller.Decide(new Decision("archive", "supplier-a", "Filed", new { papers = kinds.Select(kind => new { kind, documentHash = "sha256:" + kind }) }), cancellationToken);
    }
}
