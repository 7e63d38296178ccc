namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo institutional-care</c>: somebody moves into an institution by his own will; days on leave are not paid (PW2, SC-12).</summary>
internal sealed class InstitutionalCare(ApiCaller caller, TextWriter story)
{
    private const string Batch = "999901-INST-1-2026-04";
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Bed, cancellationToken);
        await IsAsked(cancellationToken);
        await MovesIn(cancellationToken);
        await IsPaid(cancellationToken);
        var batch = (await caller.Get("settlement/batches/" + Batch, cancellationToken)).GetProperty("batch");
        var funds = await tale.Tale.Funds("F1-2026", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["paid"] = batch.GetProperty("paidTotal").GetDecimal(), ["reserved"] = funds.Reserved, ["spent"] = funds.Spent, ["available"] = funds.Available
        }, cancellationToken);
    }

    private async Task IsAsked(CancellationToken cancellationToken)
    {
        string[] failed = ["eating", "dressing", "toilet", "bathing"];
        await tale.Decides(new Decision("placement.assess", "surveyor-sun", "Assessed", new { failedIndicators = failed, suitability = "Institution", evidence = "report-1" }),
            "能力评估:六项中四项不能自理,适合机构照料", "Assessed: four of six indicators fail, an institution suits", cancellationToken);
        await caller.Decide(new Decision("placement.explain", "clerk-1", "Explained"), cancellationToken);
        await caller.At((await caller.Now(cancellationToken)).AddDays(3), cancellationToken);
        await tale.Decides(new Decision("placement.consent", "clerk-1", "Consents", new { form = "consent-1" }),
            "说明两种方式并考虑三日后,本人同意入住", "Both ways were explained; after three days to think he consents", cancellationToken);
        await tale.Tale.Funds("F1-2026", cancellationToken);
    }

    private async Task MovesIn(CancellationToken cancellationToken)
    {
        await caller.Decide(new Decision("referral", "institution-1", "Accepted"), cancellationToken);
        await caller.Decide(new Decision("plan", "institution-1", "Submitted", new { goals = "照护", lines = new[] { new { itemCode = "bed-day", quantityPerMonth = 31, visitsPerMonth = 1 } } }), cancellationToken);
        await caller.Decide(new Decision("plan.agree", "clerk-1", "Agreed"), cancellationToken);
        await caller.Sign("institution-1", cancellationToken);
        await tale.Says("机构接收,方案一致,三方签约", "The institution accepts; plan and agreement stand", cancellationToken);
        await caller.At(ApiCaller.On(4, 1, 9), cancellationToken);
        await tale.Decides(new Decision("placement.admit", "institution-1", "Admitted", new { day = "2026-04-01" }), "入住", "He moves in", cancellationToken);
    }

    private async Task IsPaid(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(5, 6, 9), cancellationToken);
        await caller.Decide(new Decision("placement.presence", "institution-1", "Confirmed", new { absentDays = new[] { "2026-04-11", "2026-04-12" } }), cancellationToken);
        await caller.Decide(new Decision("record.accept", "clerk-1", "Accepted", new { overrideReason = "假期后确认" }), cancellationToken);
        await caller.Decide(new Decision("settlement.claim", "institution-1", "Claimed", new { lines = new[] { new { itemCode = "bed-day", quantity = 28 } } }), cancellationToken);
        await tale.Says("四月在院名单确认:两日请假不计", "April's presence list stands: two days on leave do not count", cancellationToken);
        await caller.At(ApiCaller.On(5, 8, 9), cancellationToken);
        await caller.Decide(new Decision("settlement.verify", "settlement-clerk-1", "Verified"), cancellationToken);
        await caller.Decide(new Decision("settlement.approve", "township-reviewer-1", "Approved"), cancellationToken);
        await caller.At(ApiCaller.On(5, 15, 9), cancellationToken);
        await caller.Event("pay:" + Batch, new { voucher = "bank-04" }, cancellationToken);
        await tale.Says("核对、审批、支付完成", "Verified, approved and paid", cancellationToken);
    }
}
