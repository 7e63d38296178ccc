using System.Globalization;
using System.Text.Json;

namespace Relief.Flow.Host.Demo;

/// <summary>Plays an alert of the love doorbell on a host with the example county: pressed at 02:14:05, nobody answers at first, then a neighbour goes (SC-20, SC-21).</summary>
/// <remarks>Everything goes through the REST API, the press with the device's own signature.</remarks>
internal sealed class DoorbellNight(ApiCaller caller, TextWriter story)
{
    private const string Serial = "D-001";
    private string alertId = "";

    public async Task Play(CancellationToken cancellationToken)
    {
        var links = await Install(cancellationToken);
        var press = ApiCaller.On(3, 18, 2).AddMinutes(14).AddSeconds(5);
        await caller.At(press, cancellationToken);
        var answer = await caller.Signed("alerts/doorbell", new { deviceId = Serial, nonce = "demo-1", time = press, battery = 82, signal = -64 }, links["secret"], cancellationToken);
        alertId = ApiCaller.Text(answer, "alertId");
        await Says($"许某某按了爱心门铃,设备收到 {ApiCaller.Text(answer, "result")}。", "The resident presses; alert and procedure are on disk before the device is answered.", cancellationToken);
        await caller.At(press.AddSeconds(90), cancellationToken);
        await Says("九十秒无人应答,第二梯队一起响铃。", "Ninety seconds without an answer: tier 2 rings too, and tier 1 again.", cancellationToken);
        await caller.At(press.AddSeconds(137), cancellationToken);
        await caller.Post($"alerts/{alertId}/accept", new { linkId = links["吕某某"] }, "neighbour-lv", cancellationToken);
        await Says("吕某某按 1:我马上去。其他人收到待命。", "A neighbour of tier 2 accepts; the others are told to stand by.", cancellationToken);
        await caller.At(press.AddSeconds(325), cancellationToken);
        await caller.Post($"alerts/{alertId}/arrive", new { linkId = links["吕某某"] }, "neighbour-lv", cancellationToken);
        await caller.Post($"alerts/{alertId}/outcome", new { outcome = "Medical", how = "sight", reference = "120-20260318-0042" }, "neighbour-lv", cancellationToken);
        await Says("吕某某到场,老人摔倒,已拨120。", "She is there; the resident has fallen, 120 is called.", cancellationToken);
        await caller.Decide(new Decision("doorbell-follow-up", "surveyor-qian", "Seen"), cancellationToken);
        await caller.Decide(new Decision("doorbell-review", "county-officer-1", "Reviewed", new { note = "响应及时" }), cancellationToken);
        await Says("回访完成,县级复盘签字,告警关闭。", "Followed up, reviewed and signed: closed.", cancellationToken);
        var figures = await caller.Get("alerts/kpis?county=999900", cancellationToken);
        await story.WriteLineAsync($"响应 response p50 {figures.GetProperty("response").GetProperty("p50")} s · 到场 arrival p50 {figures.GetProperty("arrival").GetProperty("p50")} s");
    }

    private async Task<Dictionary<string, string>> Install(CancellationToken cancellationToken)
    {
        var device = await caller.Post("doorbells", new { serial = Serial, countyCode = "999900", areaCode = "99990101", place = "一村3组12号", medicalNote = "示例:备注仅响应人可见" }, "duty-1", cancellationToken);
        var known = new Dictionary<string, string> { ["secret"] = ApiCaller.Text(device, "secret") };
        foreach (var (name, tier) in new[] { ("何某某", 1), ("施某某", 1), ("吕某某", 2), ("许某甲", 3) })
            known[name] = ApiCaller.Text(await caller.Post($"doorbells/{Serial}/responders", new { userId = "person:" + name, name, tier, order = known.Count }, "duty-1", cancellationToken), "id");
        await caller.Decide(new Decision("doorbell-install", "surveyor-qian", "Installed"), cancellationToken);
        await caller.At(ApiCaller.On(3, 17, 9), cancellationToken);
        await caller.Decide(new Decision("doorbell-test", "surveyor-qian", "Heard", new { heardBy = new[] { known["何某某"], known["施某某"] } }), cancellationToken);
        await story.WriteLineAsync($"{await caller.Now(cancellationToken):yyyy-MM-dd HH:mm:ss}  爱心门铃 {Serial} 已安装,试铃由两位邻居听到。\n                     The doorbell is installed and two neighbours have heard its test.");
        return known;
    }

    private async Task Says(string chinese, string english, CancellationToken cancellationToken)
    {
        var now = await caller.Now(cancellationToken);
        var alert = await caller.Get("alerts/" + alertId, cancellationToken);
        var rung = alert.GetProperty("rings").EnumerateArray().Select(ring => ApiCaller.Text(ring, "name")).Distinct();
        await story.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss}  {chinese}"));
        await story.WriteLineAsync("                     " + english);
        await story.WriteLineAsync($"                     告警 alert → {ApiCaller.Text(alert, "status")} · 梯队 tier {alert.GetProperty("tier").GetInt32()} · 已呼叫 rung {string.Join(' ', rung)}");
    }
}
