namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo fast-track</c>: somebody who fell is helped the same day, approved by telephone; the ordinary decision follows on the tenth working day and takes over (P29).</summary>
internal sealed class HelpAtOnce(ApiCaller caller, TextWriter story)
{
    private readonly PathwayTale tale = new(caller, story);
    private string order = "";

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.AtOnce, async () =>
        {
            await IsApproved(cancellationToken);
            await IsServed(cancellationToken);
        }, cancellationToken);
        await tale.IsAgreed("supplier-a", "照料", ("home-care", 16, 8), cancellationToken);
        var emergency = (await caller.List("fast-tracks?county=999900", cancellationToken))[0];
        await Says($"急难服务补办手续:{ApiCaller.Text(emergency, "outcome")}", "What was given at once is regularised; the ordinary order begins after its last day", cancellationToken);
        var records = (await caller.List($"orders/{order}/records", cancellationToken)).Where(record => ApiCaller.Text(record, "status") == "Accepted").ToList();
        var funds = await tale.Tale.Funds("F2-2026", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["visits"] = records.Count, ["hours"] = records.Sum(record => record.GetProperty("quantity").GetDecimal()), ["approved"] = emergency.GetProperty("amount").GetDecimal(),
            ["reserved"] = funds.Reserved, ["open"] = (await caller.List("fast-tracks?county=999900&unregularised=true", cancellationToken)).Count
        }, cancellationToken);
    }

    private async Task IsApproved(CancellationToken cancellationToken)
    {
        var due = ApiCaller.Moment(await caller.OpenTask("emergency.propose", cancellationToken), "due");
        await Says($"进入急难快速通道,{due:HH:mm}前提出意见", "On the fast track: a proposal within two hours", cancellationToken);
        await caller.At(ApiCaller.On(3, 16, 10), cancellationToken);
        await caller.Decide(new Decision("emergency.propose", "clerk-1", "Service", new { itemCode = "home-care", quantity = 7, serviceDays = 7, consent = "本人电话同意,录音 REC-8" }), cancellationToken);
        await Says("周某甲提出:七天照料,每天1小时", "The clerk proposes seven days of care, an hour a day", cancellationToken);
        var call = new { channel = "Phone", approver = "township-reviewer-1", calledAt = ApiCaller.On(3, 16, 10), callRef = "REC-9" };
        await caller.Decide(new Decision("emergency.approve", "reviewer-li", "Go", call), cancellationToken);
        await caller.Decide(new Decision("referral", "supplier-a", "Accepted"), cancellationToken);
        await Says("何某甲电话审批同意,临时救助经费先行预留,示例社工中心甲接单", "Another person approves by telephone, money of temporary relief is set aside, PV-A takes it", cancellationToken);
    }

    private async Task IsServed(CancellationToken cancellationToken)
    {
        order = ApiCaller.Text((await caller.List("fast-tracks?county=999900&unregularised=true", cancellationToken))[0], "orderId");
        await new VisitsPart(caller, order).Until(ApiCaller.On(3, 22, 21), cancellationToken);
        await Says("七天上门照料,当天即开始", "Seven days of care, the first on the day of the fall", cancellationToken);
    }

    private Task Says(string chinese, string english, CancellationToken cancellationToken) => tale.Tale.Says(tale.CaseId, chinese, english, cancellationToken);
}
