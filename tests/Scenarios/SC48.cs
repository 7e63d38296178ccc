using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Operation;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-48 over REST: a payment that the bank does not answer for is found, asked about, and ordered again under the same key by two people.</summary>
public abstract class SC48(StorageKind kind) : IAsyncLifetime
{
    private const string Finding = "payment:" + UnansweredPayment.Batch;

    private UnansweredPayment scene = null!;
    private HttpClient one = null!;
    private HttpClient other = null!;

    [Fact]
    public async Task A_payment_without_a_reply_is_asked_about_and_sent_again_by_two_people()
    {
        scene.Bank.Answers("GET /orders", OutsideAnswer.Unavailable, OutsideAnswer.Json(new { status = "unknownOrder" }));
        await IsFound();
        Assert.Equal(["Enquire", "Replay"], (await Against("K23")).Select(offer => offer.Text("action")));
        Assert.Equal([false, true], (await Against("K23")).Select(offer => offer.GetProperty("needsSecond").GetBoolean()));

        Assert.Equal("Unavailable 503", (await Asks()).Text("note"));
        Assert.Equal("UnknownOrder", (await Asks()).Text("note"));
        Assert.Equal(["?key=pay%3A" + UnansweredPayment.Batch, "?key=pay%3A" + UnansweredPayment.Batch], scene.Bank.RequestsTo("GET /orders").Select(asked => asked.Query));
        Assert.Contains("对方查无此单", await Changed("zh"), StringComparison.Ordinal);
        Assert.Contains("no usable answer (status 503)", await Changed("en"), StringComparison.Ordinal);

        var asked = await Sends("银行查无此单");
        Assert.Equal("Asked", asked.Text("state"));
        await (await one.PostAsJsonAsync($"/api/v1/repairs/{asked.Text("id")}/agree", new { })).Refuses(HttpStatusCode.Forbidden, "repair.secondPerson");
        Assert.Single(scene.Orders);
        Assert.Equal("Done", (await (await other.PostAsJsonAsync($"/api/v1/repairs/{asked.Text("id")}/agree", new { })).Is(HttpStatusCode.Accepted)).Text("state"));
        await scene.Desk.Settles();
        IsTheSame(times: 2);
        Assert.Empty(await Found("K23"));

        await scene.Desk.Event("pay:" + UnansweredPayment.Batch, new { voucher = "bank-05" });
        Assert.Equal("Closed", (await scene.Desk.Get("settlement/batches/" + UnansweredPayment.Batch)).GetProperty("batch").Text("status"));
        Assert.Empty(await Found("K24"));
        await IsAudited();
    }

    [Fact]
    public async Task What_was_agreed_to_before_a_crash_is_sent_once()
    {
        var asked = await Sends("银行未收到");
        for (var death = 0; death < 2; death++)
        {
            await scene.Desk.Set(db => db.Database.ExecuteSqlRawAsync("update repair set state = 0, decided_by = 'second', decided_at = coalesce(decided_at, asked_at) where action = 'Replay'"));
            await scene.Desk.Until(On(5, 24, 11 + death));
            Assert.Equal(1, await scene.Host.Part<Repairs>().Resume(default));
            await scene.Desk.Settles();
        }

        IsTheSame(times: 2);
        Assert.Equal(asked.Text("id"), Assert.Single((await scene.Desk.Get("repairs?instanceId=" + scene.InstanceId)).Items()).Text("id"));
    }

    [Fact]
    public async Task Money_is_not_moved_again_by_one_person_by_any_way()
    {
        var order = (await Against("K23")).Single(offer => offer.Text("action") == "Replay").Text("target");
        var run = (await scene.Desk.Get("instances/" + scene.InstanceId)).GetProperty("open").EnumerateArray().First(open => open.Text("activityId") == "pay").Text("ordinal");
        foreach (var (action, target) in ((string, string?)[])[("Replay", order), ("Redo", run), ("Redo", "0")])
        {
            var answer = await Mend(new { instanceId = scene.InstanceId, action, target, reason = "allein" });
            if (answer.StatusCode == HttpStatusCode.Accepted)
                Assert.Equal("Asked", (await answer.Json()).Text("state"));
        }

        var batch = await (await one.PostAsJsonAsync("/api/v1/repair-batches", new { action = "Replay", filter = new { text = "settlement" }, reason = "alle" })).Json();
        Assert.NotEqual("Running", batch.Text("state"));
        await scene.Desk.Settles();
        Assert.Single(scene.Orders);
    }

    [Theory]
    [InlineData(200, """{"status":"paid","voucher":"B-77 <b>"}""", "Paid B-77b", "已付款，凭证号B-77b")]
    [InlineData(200, """{"status":"inProgress"}""", "InProgress", "正在办理")]
    [InlineData(200, "[]", "Unavailable 200", "未得到有效答复")]
    [InlineData(404, "", "UnknownOrder", "查无此单")]
    [InlineData(401, "{}", "Refused 401", "拒绝查询")]
    [InlineData(0, "", "Unavailable 0", "未得到有效答复")]
    public async Task Whatever_the_bank_says_is_an_answer_in_words(int status, string body, string note, string words)
    {
        scene.Bank.Answers("GET /orders", status == 0 ? OutsideAnswer.Dropped : new OutsideAnswer(status, body));
        Assert.Equal(note, (await Asks()).Text("note"));
        Assert.Contains(words, await Changed("zh"), StringComparison.Ordinal);
        Assert.Single(scene.Orders);
    }

    [Fact]
    public async Task Nothing_else_can_be_asked_about()
    {
        foreach (var target in (string?[])[null, "", "payment:", "payment:999902-PV-A-2026-04", Guid.NewGuid().ToString(), "payment:' or 1=1 --"])
            await (await Mend(new { instanceId = scene.InstanceId, action = "Enquire", target, reason = "nachfragen" })).Refuses(HttpStatusCode.Conflict, "repair.noTarget");
        await (await Mend(new { instanceId = Guid.NewGuid(), action = "Enquire", target = Finding, reason = "nachfragen" })).Refuses(HttpStatusCode.NotFound, "instance.notFound");
        await (await Mend(new { instanceId = scene.InstanceId, action = "Enquire", target = Finding, reason = "x" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        using var auditor = await scene.Host.WithRoles("auditor");
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsJsonAsync("/api/v1/repairs", new { instanceId = scene.InstanceId, action = "Enquire", target = Finding, reason = "nachfragen" })).StatusCode);
        Assert.Empty(scene.Bank.RequestsTo("GET /orders"));

        await scene.Desk.Event("pay:" + UnansweredPayment.Batch, new { voucher = "bank-05" });
        await (await Mend(new { instanceId = scene.InstanceId, action = "Enquire", target = Finding, reason = "nachfragen" })).Refuses(HttpStatusCode.Conflict, "instance.wrongState");
    }

    public async Task InitializeAsync()
    {
        scene = await UnansweredPayment.NineDaysLater(kind);
        one = await scene.Host.WithRoles("operator");
        other = await scene.Host.WithRoles("operator");
    }

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private async Task IsFound()
    {
        var found = Assert.Single(await Found("K23"));
        Assert.Equal("甲镇 / PV-A / 2026-04：等银行回执，9 天。", found.Text("what"));
        Assert.Equal((scene.InstanceId, "pay"), (found.GetProperty("finding").Text("instanceId"), found.GetProperty("finding").Text("activityId")));
        Assert.Contains("甲镇 / PV-A / 2026-04: waits for the bank’s receipt, 9 days.", (await Why("en")).Text("headline"), StringComparison.Ordinal);
        // A second look neither loses nor doubles it.
        Assert.Single(await Found("K23"));
    }

    // The same body under the same key: the bank cannot take it for another order.
    private void IsTheSame(int times)
    {
        Assert.Equal(times, scene.Orders.Count);
        Assert.Single(scene.Orders.Select(order => (order.Body, order.Header("Idempotency-Key"))).Distinct());
    }

    private async Task IsAudited()
    {
        var audit = (await scene.Desk.Get($"audit?subject=instance:{scene.InstanceId}")).Items();
        Assert.Equal(["RepairReplay", "RepairReplay", "RepairEnquire", "RepairEnquire"], audit.Select(entry => entry.Text("what")).Where(what => what!.StartsWith("Repair", StringComparison.Ordinal)));
        var text = string.Join('\n', audit.Select(entry => entry.GetRawText()));
        foreach (var kept in (string[])["银行查无此单", "Unavailable 503", "UnknownOrder"])
            Assert.True(text.Contains(kept, StringComparison.Ordinal) || System.Text.RegularExpressions.Regex.Unescape(text).Contains(kept, StringComparison.Ordinal), kept);
    }

    private async Task<JsonElement[]> Found(string code)
    {
        await (await one.PostAsync("/api/v1/stuck/look", null)).Is(HttpStatusCode.OK);
        return (await (await one.GetAsync($"/api/v1/stuck?lang=zh&code={code}")).Is(HttpStatusCode.OK)).Items();
    }

    private async Task<JsonElement> Why(string language) => await (await one.GetAsync($"/api/v1/instances/{scene.InstanceId}/why?lang={language}")).Is(HttpStatusCode.OK);

    private async Task<string> Changed(string language) => string.Join('\n', (await Why(language)).GetProperty("changed").EnumerateArray().Select(line => line.Text("text")));

    private async Task<JsonElement[]> Against(string code) => [.. (await Why("zh")).GetProperty("may").EnumerateArray().Where(offer => offer.Text("against") == code)];

    private Task<HttpResponseMessage> Mend(object order) => one.PostAsJsonAsync("/api/v1/repairs", order);

    private async Task<JsonElement> Asks() =>
        await (await Mend(new { instanceId = scene.InstanceId, action = "Enquire", target = Finding, reason = "九天没有回执" })).Is(HttpStatusCode.Accepted);

    private async Task<JsonElement> Sends(string reason)
    {
        var offer = (await Against("K23")).Single(offer => offer.Text("action") == "Replay");
        return await (await Mend(new { instanceId = scene.InstanceId, action = "Replay", target = offer.Text("target"), reason })).Is(HttpStatusCode.Accepted);
    }

    public sealed class OnSqlite() : SC48(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SC48(StorageKind.PostgreSql);
}
