namespace Relief.Flow.Host.Demo;

/// <summary><c>-- demo urging</c>: the city urges a county in which nobody is found before they ask; words are not enough, what is reported afterwards is (CZ-158).</summary>
internal sealed class UrgedCounty(ApiCaller caller, TextWriter story)
{
    private const string Figure = "discoveries.all";
    private const string Period = "from=2026-03-01&to=2026-03-31";
    private readonly Tale tale = new(caller, story);

    public async Task<PathwayFigures> Play(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 16, 9), cancellationToken);
        var before = await Value(cancellationToken);
        await tale.Tells($"市级看板:示例县三月主动发现 {before:0} 人", "The city's board: nobody was found in the county this month", cancellationToken);
        var asked = new { unitCode = "999900", figure = Figure, from = "2026-03-01", to = "2026-03-31", wording = "三月无主动发现,请说明原因并安排走访" };
        await caller.Post("cities/9999/urgings", asked, "guide-1", cancellationToken);
        await Decides(new Decision("urging.answer", "county-officer-1", "Answered", new { answer = "近期将安排走访" }), "县级答复:近期将安排", "The county answers: visits will be arranged", cancellationToken);
        await Decides(new Decision("urging.judge", "guide-1", "AskAgain", new { judgement = "未见实效,请补齐后再报" }), "市级再次催办:未见实效", "The city asks again: nothing has come of it", cancellationToken);
        await IsFound(cancellationToken);
        await Decides(new Decision("urging.answer", "county-officer-1", "Answered", new { answer = "已走访,主动发现已登记" }), "县级再次答复", "The county answers again", cancellationToken);
        var after = await Value(cancellationToken);
        await Decides(new Decision("urging.judge", "guide-1", "Settled"), $"市级核对:主动发现 {after:0} 人,办结", "The city sees the figure and settles it", cancellationToken);
        var urging = (await caller.List("urgings?county=999900", cancellationToken))[0];
        var figures = new Dictionary<string, decimal> { ["rounds"] = urging.GetProperty("round").GetInt32(), ["before"] = before, ["after"] = after };
        var status = ApiCaller.Text(urging, "status");
        return new PathwayFigures(status, figures, await tale.Ends("催办 urging " + status, figures, cancellationToken));
    }

    private async Task IsFound(CancellationToken cancellationToken)
    {
        await caller.At(ApiCaller.On(3, 20, 15), cancellationToken);
        foreach (var (found, seen) in new[] { ("一村老井旁住户", "独居老人行动不便"), ("二村渡口旁住户", "孩子由祖母照看,家中断电") })
            await caller.Post("discoveries", new { countyCode = "999900", areaCode = "99990101", personRef = found, seen }, "grid-1", cancellationToken);
        await tale.Tells("网格员走访,登记两户", "The grid worker goes round and reports two households", cancellationToken);
    }

    private async Task Decides(Decision decision, string chinese, string english, CancellationToken cancellationToken)
    {
        await caller.Decide(decision, cancellationToken);
        await tale.Tells(chinese, english, cancellationToken);
    }

    private async Task<decimal> Value(CancellationToken cancellationToken) =>
        (await caller.Get("cities/9999/figures?" + Period, cancellationToken)).GetProperty("counties").EnumerateArray().Single(county => ApiCaller.Text(county, "countyCode") == "999900")
            .GetProperty("figures").EnumerateArray().Single(figure => ApiCaller.Text(figure, "key") == Figure).GetProperty("value").GetDecimal();
}
