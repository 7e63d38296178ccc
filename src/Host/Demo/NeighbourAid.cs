namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo neighbour-aid</c>: two trained neighbours help through December; the township pays their subsidy in the new year (PW6, P11).</summary>
internal sealed class NeighbourAid(ApiCaller caller, TextWriter story)
{
    private const string Sheet = "999901-2026";
    private readonly PathwayTale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await tale.Applies(Wish.Neighbours, cancellationToken);
        await IsAgreed(cancellationToken);
        await Help(cancellationToken);
        await IsPaid(cancellationToken);
        var sheet = await caller.Get("neighbours/sheets/" + Sheet, cancellationToken);
        var funds = await tale.Tale.Funds("F3-2026", cancellationToken);
        return await tale.Ends(new Dictionary<string, decimal>
        {
            ["visits"] = sheet.GetProperty("visits").GetInt32(), ["granted"] = sheet.GetProperty("granted").GetDecimal(), ["spent"] = funds.Spent
        }, cancellationToken);
    }

    private async Task IsAgreed(CancellationToken cancellationToken)
    {
        await caller.Decide(new Decision("consent", "clerk-1", "Granted", new { form = "签字" }), cancellationToken);
        var helpers = new[] { ("neighbour-he", "何某某"), ("neighbour-lv", "吕某某") }
            .Select(helper => new { helperId = helper.Item1, name = helper.Item2, birthDate = "1970-01-01", bankAccount = "示例银行 0001", healthy = true, noConflict = true });
        await caller.Decide(new Decision("helper.recruit", "surveyor-qian", "Recruited", new { helpers }), cancellationToken);
        var certificates = new[] { new { helperId = "neighbour-he", certificate = "L-1" }, new { helperId = "neighbour-lv", certificate = "L-2" } };
        await tale.Decides(new Decision("helper.training", "trainer-1", "Certified", new { certificates }), "村里招募两位邻居,培训取证", "The village recruits two neighbours; both are trained", cancellationToken);
        foreach (var pair in await caller.List($"orders/{tale.OrderId}/pairs", cancellationToken))
            await caller.Event($"pair:{ApiCaller.Text(pair, "id")}:helper", new { decision = "Agreed", by = ApiCaller.Text(pair, "helperId") }, cancellationToken);
        await caller.Decide(new Decision("pair.person", "surveyor-qian", "Agreed"), cancellationToken);
        await caller.Decide(new Decision("help.plan", "surveyor-qian", "Planned", new { tasks = new[] { "Company", "Shopping" }, visitsPerMonth = 8 }), cancellationToken);
        await tale.Decides(new Decision("help.agreement", "clerk-1", "Signed", new { personSigner = "本人", helperSigners = new[] { "neighbour-he", "neighbour-lv" }, noCharge = true }),
            "三方签署互助协议,不向老人收费", "All sign: nobody takes money from the person", cancellationToken);
    }

    private async Task Help(CancellationToken cancellationToken)
    {
        foreach (var (helper, day) in new[] { ("neighbour-he", 2), ("neighbour-he", 3), ("neighbour-lv", 4) })
        {
            await caller.At(ApiCaller.On(12, day, 18), cancellationToken);
            await caller.Post($"orders/{tale.OrderId}/help-logs", new { helperId = helper, serviceDate = new DateOnly(2026, 12, day), content = "陪伴买菜" }, "surveyor-qian", cancellationToken);
        }

        await caller.At(ApiCaller.On(12, 7, 10), cancellationToken);
        var logs = await caller.List($"orders/{tale.OrderId}/help-logs", cancellationToken);
        await tale.Decides(new Decision("help.sample", "surveyor-qian", "Done", new { confirmed = logs.Select(log => ApiCaller.Text(log, "id")) }),
            "周一抽样回访,记录属实", "Monday's call: the logs are true", cancellationToken);
        await caller.At(ApiCaller.On(12, 19, 9), cancellationToken);
        await tale.Decides(new Decision("help.visit", "surveyor-qian", "Done", new { reason = "老人平安" }), "十四日无记录,上门看望", "Fourteen days of silence: somebody looks in", cancellationToken);
    }

    private async Task IsPaid(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(new DateOnly(2027, 1, 11), 9), cancellationToken);
        await tale.Says("年末冻结,帮扶人十日内无异议", "The year is frozen; nobody objects within ten days", cancellationToken);
        await caller.Decide(new Decision("subsidy.review", "township-reviewer-1", "Reviewed"), cancellationToken);
        await caller.Decide(new Decision("subsidy.post", "clerk-1", "Posted", new { proof = "photo-1" }), cancellationToken);
        await caller.At(ApiCaller.On(new DateOnly(2027, 1, 20), 9), cancellationToken);
        await caller.Event("pay:" + Sheet, new { voucher = "bank-1", by = "county-finance-1" }, cancellationToken);
        await tale.Says("公示七日后发放补贴", "After seven days on the board the subsidy is paid", cancellationToken);
    }
}
