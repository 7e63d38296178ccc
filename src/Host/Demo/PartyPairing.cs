namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo party-pairing</c>: a party member visits each month and brings goods, never money; the relief funds stay untouched (PW4, SC-17).</summary>
internal sealed class PartyPairing(ApiCaller caller, TextWriter story)
{
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Pairing, cancellationToken);
        await caller.Decide(new Decision("consent", "clerk-1", "Granted", new { form = "签字" }), cancellationToken);
        await IsPaired(cancellationToken);
        var pair = ApiCaller.Text((await caller.List($"orders/{tale.OrderId}/pairs", cancellationToken))[0], "id");
        await Visits(pair, cancellationToken);
        var view = await caller.Get("pairs/" + pair, cancellationToken);
        var goods = await caller.List("in-kind?county=999900&year=2026", cancellationToken);
        var funds = await tale.Tale.Funds("F4-2026", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["contacts"] = view.GetProperty("contacts").GetArrayLength(), ["longestGap"] = view.GetProperty("longestGap").GetInt32(),
            ["goods"] = goods.Sum(line => line.GetProperty("value").GetDecimal()), ["spent"] = funds.Spent
        }, cancellationToken);
    }

    private async Task IsPaired(CancellationToken cancellationToken)
    {
        await caller.Decide(new Decision("pair.propose", "secretary-1", "Proposed", new { memberId = "member-shen" }), cancellationToken);
        await caller.Decide(new Decision("pair.person", "surveyor-qian", "Agreed"), cancellationToken);
        await caller.Decide(new Decision("pair.helper", "member-shen", "Agreed"), cancellationToken);
        await tale.Decides(new Decision("pair.needs", "member-shen", "Listed", new { needs = new[] { new { kind = "Material", content = "棉被" } }, partyDay = 15, plan = "每月走访一次" }),
            "支部推荐,双方同意,结对成立", "The branch proposes, both agree: they are a pair", cancellationToken);
    }

    private async Task Visits(string pair, CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(4, 1, 10), cancellationToken);
        await caller.Post($"pairs/{pair}/contacts", new { kind = "Visit", content = "走访慰问", needsFound = "被褥单薄" }, "member-shen", cancellationToken);
        await tale.Says("第一次走访:被褥单薄", "The first visit: the bedding is thin", cancellationToken);
        await caller.At(ApiCaller.On(4, 28, 10), cancellationToken);
        await caller.Post($"pairs/{pair}/contacts", new { kind = "Visit", content = "送温暖", goods = new { goods = "棉被", quantity = 2, value = 240, receipt = "party-1-0001" } }, "member-shen", cancellationToken);
        await tale.Says("送棉被两床,记入物资台账", "Two quilts, written into the in-kind ledger", cancellationToken);
        await caller.At(ApiCaller.On(5, 15, 10), cancellationToken);
        await caller.Post($"pairs/{pair}/end", new { reason = "Recovered" }, "secretary-1", cancellationToken);
        await tale.Says("困难缓解,结对结束", "The need is over, and so is the pair", cancellationToken);
    }
}
