using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>3.2.0 over REST: a county's routing table by two people, what it proposes and forbids to the reviewer, the bundle that comes of it, and consents that are taken back (E20).</summary>
public abstract class RoutingTests : IAsyncLifetime
{
    private const string Versions = "routing-table/versions";
    private TestHost _host = null!;
    private OutsideWorld _outside = null!;
    private ReliefDesk _desk = null!;

    protected abstract StorageKind Kind { get; }

    [Fact]
    public async Task A_bundle_of_three_pathways_is_chosen_by_the_countys_own_table_and_closes_with_its_last_order()
    {
        await Governed();
        await _desk.Applies(Applicant.Zhang, "home-care", "cleaning");
        await _desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        await _desk.Until(3, 20, 16);
        await _desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-sun"));

        var (care, cleaning) = (await Need("home-care"), await Need("cleaning"));
        var shown = System.Text.RegularExpressions.Regex.Unescape((await Shown()).GetRawText());
        Assert.Contains("建议 M1(无人照料);可加 M6、doorbell;不得 M3:照料不由单位提供", shown, StringComparison.Ordinal);
        Assert.Contains("无适用方式,不批准的转 P16", shown, StringComparison.Ordinal);

        await _desk.Decides("reviewer-li", "approval", "Approved", Chosen((care, 16, ["M1", "M3"], null)));
        Assert.Equal(("PathwayForbidden", "no-unit", "照料不由单位提供"), await Refused());
        await _desk.Decides("reviewer-li", "approval", "Approved", Chosen((care, 16, ["M1"], null), (cleaning, 4, ["M1"], " ")));
        Assert.Equal("ReasonMissing", (await Refused()).Problem);
        Assert.All((await _desk.Case()).GetProperty("needs").EnumerateArray(), need => Assert.Equal(0, need.GetProperty("quantity").GetDecimal()));   // nothing half-written stays

        await _desk.Decides("reviewer-li", "approval", "Approved", Chosen((care, 16, ["M1", "M6", "M4"], "党支部愿意结对"), (cleaning, 0, [], null)));
        var chosen = (await _desk.List($"cases/{_desk.CaseId}/routing")).Last(one => one.Text("needItemId") == care);
        Assert.Equal(("999900-1", "党支部愿意结对", "reviewer-li"), (chosen.Text("tableVersion"), chosen.Text("because"), chosen.Text("by")));
        Assert.Equal(["M1"], Words(chosen.GetProperty("proposal").GetProperty("pathways")));
        Assert.Equal(["M1", "M6", "M4"], Words(chosen.GetProperty("chosen")));
        Assert.Single(await _desk.Tasks("conference.request"));   // what nothing fits does not end in silence
        Assert.Equal("unit:999901", Assert.Single(_desk.Told("doorbell.offer")).Split(' ')[0]);

        await IsAppealedAgainst(care);
        await Closes(care);
        await _desk.IsSound();
    }

    [Fact]
    public async Task A_table_is_proposed_by_one_and_approved_by_another_or_refused_with_each_field()
    {
        Assert.Equal("routing-2026.2", (await Table("2026-03-16")).Text("version"));
        var proposed = await (await _desk.Posts("county-officer-1", Versions, Proposal("2026-04-01"))).Is(HttpStatusCode.Created);
        var decision = $"{Versions}/{proposed.Text("id")}/decision";
        await (await _desk.Posts("county-officer-1", decision, new { approved = true })).Refuses(HttpStatusCode.Conflict, "routing.samePerson");
        await Wrong(await _desk.Posts("county-officer-2", decision, new { approved = false }), "reason");
        await (await _desk.Posts("county-officer-2", decision, new { approved = true })).Is(HttpStatusCode.OK);
        await (await _desk.Posts("county-officer-2", decision, new { approved = true })).Refuses(HttpStatusCode.Conflict, "routing.decided");
        Assert.Equal(("routing-2026.2", "999900-1"), ((await Table("2026-03-31")).Text("version"), (await Table("2026-04-01")).Text("version")));

        var early = await (await _desk.Posts("county-officer-1", Versions, Proposal("2026-04-01"))).Is(HttpStatusCode.Created);
        await (await _desk.Posts("county-officer-2", $"{Versions}/{early.Text("id")}/decision", new { approved = true })).Refuses(HttpStatusCode.Conflict, "routing.laterVersion");
        var later = await (await _desk.Posts("county-officer-2", Versions, Proposal("2026-05-01"))).Is(HttpStatusCode.Created);
        await (await _desk.Posts("county-officer-1", $"{Versions}/{later.Text("id")}/decision", new { approved = true })).Is(HttpStatusCode.OK);
        Assert.Equal(("999900-1", "999900-3"), ((await Table("2026-04-30")).Text("version"), (await Table("2026-05-01")).Text("version")));
        Assert.Equal(["Approved", "Proposed", "Approved"], (await _desk.List(Versions + "?county=999900")).Select(one => one.Text("status")));

        await (await _desk.Posts("county-officer-1", $"{Versions}/no/decision", new { approved = true })).Refuses(HttpStatusCode.NotFound, "routing.notFound");
        await Wrong(await _desk.Posts("county-officer-1", Versions, new { countyCode = "999901" }), "basis", "countyCode", "otherwise", "rows", "validFrom");
        var bad = new { countyCode = "999900", otherwise = "P28", validFrom = "2026-06-01", basis = "doc", rows = new object?[] { new { code = "a", name = "一行", all = new[] { "rich", null }, propose = new[] { "M9" } }, null } };
        await Wrong(await _desk.Posts("county-officer-1", Versions, bad), "rows[0].all", "rows[0].propose", "rows[1].code", "rows[1].name", "rows[1].propose");
        using var app = await _host.WithRoles("app");
        await (await app.PostAsJsonAsync("/api/v1/" + Versions, Proposal("2026-06-01"))).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Consents_that_are_taken_back_stop_what_rests_on_them_and_the_person_is_answered()
    {
        const string Person = "persons/person-wang/";
        await _desk.IsConfirmed(Applicant.Wang, "integration", 8, "M5");
        await _desk.Decides("clerk-1", "consent", "Granted", new { form = "paper" });
        await (await _host.Client.PutAsJsonAsync($"/api/v1/{Person}sharing-consents/dept-labour", new { form = "paper" })).Is(HttpStatusCode.NoContent);
        await (await _host.Client.PutAsJsonAsync($"/api/v1/cases/{_desk.CaseId}/publication-consent", new { form = "paper" })).Is(HttpStatusCode.OK);
        Assert.Equal(["Helpers", "Publication", "Sharing"], (await Scopes()).Order());

        await (await _desk.Posts("clerk-1", "persons/nobody/consent-withdrawals", new { form = "paper" })).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await Wrong(await _desk.Posts("clerk-1", Person + "consent-withdrawals", new { scopes = new[] { "Everything" }, form = "mail" }), "form", "scopes");
        await (await _desk.Posts("clerk-1", Person + "consent-withdrawals", new { scopes = new[] { "Sharing", "Helpers" }, form = "voice" })).Is(HttpStatusCode.Accepted);
        await _desk.Settles();
        Assert.Equal(["Publication"], await Scopes());
        Assert.Equal("Cancelled", Assert.Single(await _desk.List($"cases/{_desk.CaseId}/orders")).Text("status"));
        Assert.Equal(await Due(15), (await _desk.Task("consent.answer")).GetProperty("due").GetDateTimeOffset());
        await _desk.Decides("clerk-1", "consent.answer", "Answered", new { answer = "已停止提供" });
        Assert.Single(_desk.Told("consent.answered"));
        await _desk.IsSound();

        async Task<IEnumerable<string?>> Scopes() => (await _desk.List(Person + "consents")).Select(one => one.Text("scope"));
    }

    public async Task InitializeAsync()
    {
        _outside = await OutsideWorld.Open();
        _host = await CountyTemplate.Open(Kind, Gateway(_outside));
        _desk = new ReliefDesk(_host, _outside);
        await _desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    // What was not granted is appealed against while the bundle begins: what was granted goes on, and the result is decided anew beside it.
    private async Task IsAppealedAgainst(string care)
    {
        var decision = Assert.Single(await _desk.List($"cases/{_desk.CaseId}/decisions"), one => one.Text("outcome") == "Deferred").Text("id");
        var filed = await _desk.Sends(null, "appeals", new { about = "Decision", targetId = decision, kind = "Person", wording = "还需要清洁" });
        Assert.Equal(["M1 Sent", "M4 Created", "M6 Created"], Orders(await Bundle(), care));
        await _desk.Decides("township-reviewer-1", "appeal.review", "Changed", new { reason = "确有清洁需要" });
        await _desk.Decides("clerk-1", "appeal.answer", "Answered", new { deliveryProof = "EMS-8" });
        Assert.Equal("Changed", (await _desk.Get("appeals/" + filed.Text("appealId"))).GetProperty("appeal").Text("result"));
        var change = Assert.Single(await _desk.List("persons/person-zhang/changes"));
        Assert.Equal(("Recheck", "Appeal"), (change.Text("kind"), change.Text("origin")));
        Assert.Equal(["M1 Sent", "M4 Created", "M6 Created"], Orders(await Bundle(), care));
        await _desk.Decides("clerk-1", "change.propose", "Continue", new { reason = "另行申请清洁服务" });
    }

    // Two of the three are refused by the person; the case waits for the third.
    private async Task Closes(string care)
    {
        var bundle = await Bundle();
        Assert.Equal(("township-a", 3), (bundle.Text("owner"), bundle.GetProperty("openOrders").GetInt32()));
        Assert.Equal(["M1 Sent", "M4 Created", "M6 Created"], Orders(bundle, care));
        await _desk.Settles();
        foreach (var task in await _desk.Tasks("consent"))
            await (await _desk.Posts("clerk-1", $"tasks/{task.Text("id")}/complete", new { outcome = "Refused", data = new { } })).Is(HttpStatusCode.OK);
        await _desk.Settles();
        Assert.Equal(["M1 Sent", "M4 Cancelled", "M6 Cancelled"], Orders(await Bundle(), care));
        Assert.Equal(("Confirmed", "Referring"), ((await Status(care))!, await _desk.Status()));

        var purchase = (await _desk.List($"cases/{_desk.CaseId}/orders")).Single(order => order.Text("pathway") == "M1").Text("id");
        await _desk.Event($"order:{purchase}:stop", new { });
        Assert.Equal(0, (await Bundle()).GetProperty("openOrders").GetInt32());
        Assert.Equal(("Deferred", "Stopping"), ((await Status(care))!, await _desk.Status()));
        await _desk.Until(4, 30, 9);
        Assert.Equal("Closed", await _desk.Status());
    }

    private async Task Governed()
    {
        var proposed = await (await _desk.Posts("county-officer-1", Versions, Proposal("2026-03-16"))).Is(HttpStatusCode.Created);
        await (await _desk.Posts("county-officer-2", $"{Versions}/{proposed.Text("id")}/decision", new { approved = true })).Is(HttpStatusCode.OK);
    }

    private static object Proposal(string from) => new
    {
        countyCode = "999900", otherwise = "P16", validFrom = from, basis = "示例民政〔2026〕3号",
        rows = new object[]
        {
            new { code = "home", name = "无人照料", all = new[] { "notSelfCaring", "noCarer" }, none = new[] { "family:清洁服务" }, propose = new[] { "M1" }, extras = new[] { "M6", "doorbell" } },
            new { code = "no-unit", name = "照料不转单位", any = new[] { "family:生活照料" }, forbid = new[] { new { pathway = "M3", reason = "照料不由单位提供" } } }
        }
    };

    private static object Chosen(params (string Need, int Quantity, string[] Pathways, string? Because)[] needs) =>
        new { needs = needs.Select(need => new { needItemId = need.Need, quantity = need.Quantity, pathways = need.Pathways, because = need.Because }) };

    private async Task<JsonElement> Shown() => await _desk.Get("tasks/" + (await _desk.Task("approval")).Text("id"));

    private async Task<(string? Problem, string? Row, string? Reason)> Refused()
    {
        var data = (await Shown()).GetProperty("data");
        return data.TryGetProperty("forbidden", out var ban) && ban.ValueKind == JsonValueKind.Object ? (data.Text("problem"), ban.Text("row"), ban.Text("reason")) : (data.Text("problem"), null, null);
    }

    private Task<JsonElement> Table(string on) => _desk.Get("routing-table?county=999900&on=" + on);

    private Task<JsonElement> Bundle() => _desk.Get($"cases/{_desk.CaseId}/bundle");

    private async Task<string> Need(string item) => (await _desk.Case()).GetProperty("needs").EnumerateArray().Single(need => need.Text("itemCode") == item).Text("id")!;

    private async Task<string?> Status(string need) => (await _desk.Case()).GetProperty("needs").EnumerateArray().Single(one => one.Text("id") == need).Text("status");

    private async Task<DateTimeOffset> Due(int workingDays)
    {
        var day = (await _desk.Get("clock")).GetProperty("now").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).Date;
        var days = (await _desk.Get($"calendar?county=999900&from={day.AddDays(1):yyyy-MM-dd}&to={day.AddDays(60):yyyy-MM-dd}")).GetProperty("days").EnumerateArray().Where(one => one.GetProperty("working").GetBoolean()).ToList();
        var last = DateOnly.Parse(days[workingDays - 1].Text("day")!, System.Globalization.CultureInfo.InvariantCulture);
        return EndOf(last.Month, last.Day);
    }

    private static IEnumerable<string> Orders(JsonElement bundle, string need) => bundle.GetProperty("needs").EnumerateArray().Single(one => one.Text("needItemId") == need)
        .GetProperty("orders").EnumerateArray().Select(order => $"{order.Text("pathway")} {order.Text("status")}").Order(StringComparer.Ordinal);

    private static IEnumerable<string?> Words(JsonElement list) => list.EnumerateArray().Select(word => word.GetString());

    private static async Task Wrong(HttpResponseMessage answer, params string[] fields) =>
        Assert.Equal(fields, (await answer.Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));

    public sealed class OnSqlite : RoutingTests
    {
        protected override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : RoutingTests
    {
        protected override StorageKind Kind => StorageKind.PostgreSql;
    }
}
