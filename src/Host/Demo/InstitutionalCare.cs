using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo institutional-care</c>: somebody moves into an institution by his own will; days on leave are not paid (PW2, SC-12).</summary>
internal sealed class InstitutionalCare(ApiCaller caller, TextWriter story)
{
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Bed, cancellationToken);
        await IsAsked(cancellationToken);
        await MovesIn(cancellationToken);
        var batch = await IsPaid(cancellationToken);
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
        await tale.IsAgreed("institution-1", "照护", ("bed-day", 31, 1), cancellationToken);
        await tale.Says("机构接收,方案一致,三方签约", "The institution accepts; plan and agreement stand", cancellationToken);
        await caller.At(ApiCaller.On(4, 1, 9), cancellationToken);
        await tale.Decides(new Decision("placement.admit", "institution-1", "Admitted", new { day = "2026-04-01" }), "入住", "He moves in", cancellationToken);
    }

    private async Task<JsonElement> IsPaid(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(5, 6, 9), cancellationToken);
        await caller.Decide(new Decision("placement.presence", "institution-1", "Confirmed", new { absentDays = new[] { "2026-04-11", "2026-04-12" } }), cancellationToken);
        await caller.Decide(new Decision("record.accept", "clerk-1", "Accepted", new { overrideReason = "假期后确认" }), cancellationToken);
        await tale.Says("四月在院名单确认:两日请假不计", "April's presence list stands: two days on leave do not count", cancellationToken);
        return await tale.IsPaid("999901-INST-1-2026-04", "institution-1", new Dictionary<string, decimal> { ["bed-day"] = 28 }, new DateOnly(2026, 5, 1), cancellationToken);
    }
}
