namespace Relief.Flow.Host.Demo;

/// <summary>From the application to the confirmed need (P01 to P05).</summary>
internal sealed class ApplicationPart(ApiCaller caller, Tale tale, FirstPurchaseFigures figures)
{
    private string caseId = "";

    /// <summary>Plays it and gives the case.</summary>
    public async Task<string> Play(CancellationToken cancellationToken)
    {
        await Applies(cancellationToken);
        await IsRegistered(cancellationToken);
        await IsSurveyed(cancellationToken);
        await IsConfirmed(cancellationToken);
        return caseId;
    }

    private async Task Applies(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 16, 9), cancellationToken);
        var taken = await caller.Post("intake/applications", new
        {
            countyCode = "999900", channel = "wanshitong", applicantName = "张某某", category = "Dibao", itemCodes = new[] { "home-care", "cleaning" },
            wording = "需要照料和清洁", papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
            person = new { idNumber = "999999194705120001", name = "张某某", sex = "M", birthDate = "1947-05-12", areaCode = "99990101" }
        }, null, cancellationToken);
        caseId = ApiCaller.Text(taken, "caseId");
        await tale.Says(caseId, "张某某(78岁,低保,独居)通过皖事通申请居家照料和清洁", "Zhang applies for home care and cleaning: " + ApiCaller.Text(taken, "applicationNumber"), cancellationToken);
        await caller.Decide(new Decision("completeness", "clerk-1", "Complete"), cancellationToken);
        await tale.Says(caseId, "材料齐全,乡镇受理", "The papers are complete, the township accepts", cancellationToken);
    }

    private async Task IsRegistered(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 17, 9), cancellationToken);
        await caller.Decide(new Decision("classify", "clerk-2", "Classified"), cancellationToken);
        await Remember("survey-team", cancellationToken);
        await tale.Says(caseId, "登记并分类", "Registered and classified", cancellationToken);
        await caller.At(ApiCaller.On(3, 18, 9), cancellationToken);
        await caller.Decide(new Decision("survey-team", "clerk-1", "Assigned",
            new { team = new[] { "surveyor-qian", "surveyor-sun" }, mode = "Delegated", appointmentAt = ApiCaller.On(3, 20, 15) }), cancellationToken);
        await Remember("survey", cancellationToken);
        await tale.Says(caseId, "指派钱某某、孙某某,预约入户时间", "Two surveyors are sent, the household has an appointment", cancellationToken);
    }

    private async Task IsSurveyed(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 20, 16), cancellationToken);
        var signatures = new[]
        {
            new { staffId = "surveyor-qian", signedAt = ApiCaller.On(3, 20, 15), device = "device-1" },
            new { staffId = "surveyor-sun", signedAt = ApiCaller.On(3, 20, 15).AddMinutes(2), device = "device-2" }
        };
        await caller.Decide(new Decision("survey", "surveyor-qian", "Submit",
            new { signatures, failedIndicators = new[] { "bathing", "walking" }, opinion = "Recommended", familySigner = "本人", photoCount = 2 }), cancellationToken);
        await Remember("approval", cancellationToken);
        await tale.Says(caseId, "两人入户调查:六项中两项不能自理", "Surveyed by two: two of six indicators fail", cancellationToken);
    }

    private async Task IsConfirmed(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 24, 10), cancellationToken);
        var view = await caller.Get("cases/" + caseId, cancellationToken);
        var needs = view.GetProperty("needs").EnumerateArray()
            .Select(need => new { needItemId = ApiCaller.Text(need, "id"), quantity = ApiCaller.Text(need, "itemCode") == "home-care" ? 16 : 4 }).ToArray();
        await caller.Decide(new Decision("approval", "reviewer-li", "Approved", new { needs }), cancellationToken);
        await Remember("referral", cancellationToken);
        await tale.Says(caseId, "李某某审核通过:每月照料16小时、清洁4次;资金预留,转介示例社工中心甲",
            "Approved: 16 hours and 4 cleanings a month; money is reserved, the order goes to PV-A", cancellationToken);
    }

    private async Task Remember(string kind, CancellationToken cancellationToken) =>
        figures.Due[kind] = ApiCaller.Day(await caller.OpenTask(kind, cancellationToken), "due");
}
