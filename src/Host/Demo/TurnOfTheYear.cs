using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo fund-year</c>: a county closes its year of money: what was served is still paid out of it, one reservation goes on into the next year, the rest expires (P24, E22).</summary>
internal sealed class TurnOfTheYear(ApiCaller caller, TextWriter story)
{
    private static readonly DateOnly NewYear = new(2027, 1, 1);

    private readonly PathwayTale tale = new(caller, story);
    private string urgent = "";

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.December, cancellationToken);
        await tale.IsAgreed("supplier-a", "照料", ("home-care", 8, 4), cancellationToken);
        await IsOpened(cancellationToken);
        await IsServed(cancellationToken);
        await IsDecided(cancellationToken);
        await new VisitsPart(caller, urgent).Until(ApiCaller.On(NewYear, 1), cancellationToken);
        await tale.Says("12月31日关账:已提供未结算的计提,一笔结转,其余到期释放", "The year is closed: what was served and not billed is committed, one reservation goes on, the rest has expired", cancellationToken);
        var (care, meals, next) = (await Account("F4-2026", cancellationToken), await Account("F2-2026", cancellationToken), await Account("F2-2027", cancellationToken));
        await new VisitsPart(caller, urgent).Until(ApiCaller.On(NewYear.AddDays(1), 9), cancellationToken);
        var claimed = new Dictionary<string, decimal> { ["home-care"] = 8, ["meal"] = 3 };
        var batch = await tale.IsPaid("999901-PV-A-2026-12", "supplier-a", claimed, NewYear, cancellationToken);
        foreach (var account in new[] { "F4-2026", "F2-2026", "F2-2027" })
            await tale.Tale.Funds(account, cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["accrued"] = Yuan(care, "committed") + Yuan(meals, "committed"), ["carried"] = Yuan(next, "appropriated"), ["expired"] = await Released("F4-2026", cancellationToken),
            ["paid"] = batch.GetProperty("paidTotal").GetDecimal()
        }, cancellationToken);
    }

    private async Task IsOpened(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(12, 1, 9), cancellationToken);
        foreach (var fiscalYear in new[] { 2026, 2027 })
            await caller.Post("funds/years", new { countyCode = "999900", fiscalYear }, "county-finance-1", cancellationToken);
        await tale.Says("县财务启用2026、2027资金年度,每天上午对账", "County finance opens both years; each morning the accounts are held against their records", cancellationToken);
    }

    // The plan's four visits of December are served; over the turn of the year he is brought meals as well.
    private async Task IsServed(CancellationToken cancellationToken)
    {
        await new VisitsPart(caller, tale.OrderId).Until(ApiCaller.On(12, 29, 9), cancellationToken);
        await caller.Post("fast-tracks", new { personId = "person-zhang" }, "clerk-1", cancellationToken);
        await caller.Decide(new Decision("emergency.propose", "clerk-1", "Service", new { itemCode = "meal", quantity = 4, serviceDays = 4, consent = "本人电话同意" }), cancellationToken);
        await caller.Decide(new Decision("emergency.approve", "reviewer-li", "Go", new { channel = "App" }), cancellationToken);
        await caller.Decide(new Decision("referral", "supplier-a", "Accepted"), cancellationToken);
        urgent = ApiCaller.Text((await caller.List("fast-tracks?county=999900", cancellationToken))[0], "orderId");
        await tale.Says("感冒卧床:快速通道送餐四天,跨过年底", "He is ill in bed: meals for four days on the fast track, over the turn of the year", cancellationToken);
    }

    private async Task IsDecided(CancellationToken cancellationToken)
    {
        var open = await caller.List("funds/years/999900-2026/reservations", cancellationToken);
        var named = open.Where(one => ApiCaller.Text(one, "orderId") == urgent).Select(one => new { reservationId = ApiCaller.Text(one, "id"), decision = "CarryOver" });
        await caller.Decide(new Decision("fund.carryOver", "county-finance-1", "Proposed", new { document = "示例财社〔2026〕9号", rest = "Release", named }), cancellationToken);
        await caller.Decide(new Decision("fund.carryOver.approve", "county-officer-1", "Approved"), cancellationToken);
        await tale.Says($"年末{open.Count}笔预留:财务拟定、另一人批准,送餐一笔结转", $"{open.Count} reservations are open: finance proposes and another person approves that the meals go on", cancellationToken);
    }

    private Task<JsonElement> Account(string id, CancellationToken cancellationToken) => caller.Get("funds/accounts/" + id, cancellationToken);

    private async Task<decimal> Released(string account, CancellationToken cancellationToken) => (await tale.Tale.Funds(account, cancellationToken)).Released;

    private static decimal Yuan(JsonElement account, string member) => account.GetProperty(member).GetDecimal();
}
