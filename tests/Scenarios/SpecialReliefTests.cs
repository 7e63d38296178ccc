using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>P28 over REST: the policy library and its public pages, a referral to a department with consent, and temporary relief that never overdraws and takes three people.</summary>
public abstract class SpecialReliefTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_policy_is_approved_by_another_and_everybody_reads_it_on_a_phone()
    {
        await Proposes(new { });
        using var stranger = desk.Stranger;
        Assert.DoesNotContain("大病医疗救助", await Page(stranger, "Medical"), StringComparison.Ordinal);
        await (await desk.Tries("reviewer-li", "policy.approve", "Approved")).Is(HttpStatusCode.Forbidden);
        await desk.Decides("county-officer-1", "policy.approve", "Approved");
        var page = await Page(stranger, "Medical");
        Assert.Contains("大病医疗救助", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;困难&lt;/b&gt;", page, StringComparison.Ordinal);   // what is written is text, never markup
        Assert.Contains("https://media.example/aid.mp3", page, StringComparison.Ordinal);
        Assert.Contains("Medical aid", await Page(stranger, "Medical?lang=en"), StringComparison.Ordinal);
        Assert.Equal(8, (await stranger.GetStringAsync("/policies/999900")).Split("/policies/999900/").Length - 1);
        var picture = XDocument.Parse(await stranger.GetStringAsync("/policies/999900/Medical/qr.svg"));
        Assert.Equal("svg", picture.Root!.Name.LocalName);
        foreach (var none in new[] { "/policies/999900/Nothing", "/policies/999900/1", "/policies/110000", "/policies/110000/Medical/qr.svg" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(none)).StatusCode);

        // The next version ends the one before; a decided version stays, whatever is tried.
        await Proposes(new { title = "大病医疗救助(新)", validFrom = "2026-04-01" });
        await desk.Decides("county-officer-1", "policy.approve", "Approved");
        var versions = await desk.List("policy-library/versions?county=999900&code=medical-aid");
        Assert.Equal(["2", "1"], versions.Select(version => version.Text("version")));
        Assert.Equal("2026-03-31", versions[1].Text("validTo"));
        Assert.Equal("大病医疗救助", Assert.Single(await desk.List("policy-library?county=999900&class=Medical")).Text("title"));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(async db => await db.Replace(await db.Set<PolicyEntry>().SingleAsync(row => row.Version == 1) with { Conditions = "x" }, None)));
        foreach (var (wrong, field) in new (object, string)[]
                 {
                     (new { @class = (string?)null }, "class"), (new { audioUrl = "http://x" }, "audioUrl"), (new { department = "nobody" }, "department"), (new { code = "a b" }, "code"), (new { conditions = " " }, "conditions"),
                     (new { validTo = "2020-01-01" }, "validTo"), (new { categories = new[] { "Rich" } }, "categories"), (new { countyCode = "1" }, "countyCode")
                 })
            Assert.True((await (await desk.Posts("reviewer-li", "policy-library", Policy(wrong))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").TryGetProperty(field, out _), field);
        await desk.IsSound();
    }

    [Fact]
    public async Task A_person_is_referred_with_consent_and_what_they_get_is_a_link_of_their_chain()
    {
        await Proposes(new { });
        await desk.Decides("county-officer-1", "policy.approve", "Approved");
        var policy = Assert.Single(await desk.List("policy-library?county=999900")).Text("id");
        var id = await Begins("person-jin", "Medical");
        await desk.Decides("clerk-b", "special.choose", "Chosen", new { policyId = policy });
        await desk.Decides("clerk-b", "special.consent", "Granted", new { form = "书面", givenBy = "self" });   // a child: the guardian answers
        Assert.Equal("GuardianNeeded", await Problem("special.consent"));
        Assert.Empty(desk.Told("special.referred"));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(db => db.Insert(new LinkageReferral
        {
            Id = "r", CountyCode = "999900", CreatedAt = On(3, 2).ToUniversalTime(), CreatedBy = "x", LinkageId = id, Round = 1, UnitCode = "dept-health"
        }, None)));
        await desk.Decides("clerk-b", "special.consent", "Granted", new { form = "书面", givenBy = "guardian" });
        Assert.Equal(EndOf(3, 16), await desk.Due("special.referral"));
        await (await desk.Tries("labour-1", "special.referral", "Accepted")).Is(HttpStatusCode.Forbidden);
        await desk.Decides("health-1", "special.referral", "Accepted");
        await desk.Decides("health-1", "special.result", "Granted", new { service = "住院救助", amount = 1200.5, givenOn = "2026-03-02" });
        var view = await desk.Get("linkages/" + id);
        Assert.Equal(("Granted", "Granted"), (view.GetProperty("linkage").Text("outcome"), view.GetProperty("referrals")[0].Text("answer")));
        var chain = await desk.List("persons/person-jin/measures");
        Assert.Equal(["linkage 1200.5 住院救助", "reliefIdentity  Orphan"], chain.Select(entry => $"{entry.Text("source")} {entry.Text("amount")} {entry.Text("what")}").Order(StringComparer.Ordinal));
        await (await desk.Host.With(TestHost.AdminKey, "clerk-1").GetAsync("/api/v1/persons/person-jin/measures")).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await (await desk.Host.With(TestHost.AdminKey, "labour-1").GetAsync("/api/v1/linkages/" + id)).Refuses(HttpStatusCode.NotFound, "linkage.notFound");
        await desk.IsSound();
    }

    [Fact]
    public async Task Two_that_say_not_ours_come_before_the_coordinator_in_three_working_days()
    {
        foreach (var (code, department) in new[] { ("medical-aid", "dept-health"), ("illness-subsidy", "dept-labour") })
        {
            await Proposes(new { code, department });
            await desk.Decides("county-officer-1", "policy.approve", "Approved");
        }

        var id = await Begins("person-wang", "Medical");
        Assert.Equal("Known", await Outcome(await Begins("person-wang", "Medical")));   // one linkage for one need
        foreach (var (department, liaison) in new[] { ("dept-health", "health-1"), ("dept-labour", "labour-1") })
        {
            var policy = (await desk.List("policy-library?county=999900")).Single(entry => entry.Text("department") == department).Text("id");
            await desk.Decides("clerk-1", "special.choose", "Chosen", new { policyId = policy });
            await desk.Decides("clerk-1", "special.consent", "Granted", new { form = "书面", givenBy = "self" });
            await desk.Decides(liaison, "special.referral", "NotOurs", new { reason = "不属本部门" });
        }

        Assert.Equal(EndOf(3, 5), await desk.Due("special.coordinate"));
        await desk.Decides("county-officer-1", "special.coordinate", "Assigned", new { unitId = "PV-A", reason = "x" });
        Assert.Equal("UnitUnknown", await Problem("special.coordinate"));
        await desk.Decides("county-officer-1", "special.coordinate", "Nobody", new { reason = "职责不清" });
        Assert.Equal("Conference", (await desk.Get("linkages/" + id)).GetProperty("linkage").Text("outcome"));
        Assert.Single(await desk.Tasks("conference.request"));
        await desk.IsSound();
    }

    [Fact]
    public async Task Temporary_relief_takes_three_people_and_no_account_gives_what_it_does_not_hold()
    {
        await (await desk.Posts("county-officer-1", "funds/petty-cash", new { unitId = "PV-A", fiscalYear = 2026 })).Refuses(HttpStatusCode.NotFound, "fund.unitNotFound");
        await (await desk.Posts("county-officer-1", "funds/petty-cash", new { unitId = "township-a", fiscalYear = 2026 })).Is(HttpStatusCode.OK);
        await desk.Sends("county-finance-1", "funds/allocations", new { countyCode = "999900", accountId = "F2-2026-township-a", amount = 1500, document = "示例财社〔2026〕9号" });
        await desk.Decides("county-officer-1", "fund.approve", "Approved");

        // Two at once, each within what is there, not both: the second goes to the county.
        foreach (var person in new[] { "person-zhang", "person-zhao" })
        {
            await Begins(person, "Temporary");
            await desk.Decides("clerk-1", "special.propose", "Proposed", new { amount = 1000, purpose = "突发火灾" });
        }

        var waiting = await desk.Tasks("special.approve");
        Assert.Equal(["999901", "999901"], waiting.Select(task => task.Text("unit")));
        await (await desk.Posts("clerk-1", $"tasks/{waiting[0].Text("id")}/complete", new { outcome = "Approved", data = new { } })).Is(HttpStatusCode.Forbidden);
        await Task.WhenAll(waiting.Select(task => desk.Posts("township-reviewer-1", $"tasks/{task.Text("id")}/complete", new { outcome = "Approved", data = new { } })));
        await desk.Settles();
        Assert.Equal("999900", (await desk.Task("special.approve")).Text("unit"));
        Assert.Equal(500m, await Available("F2-2026-township-a"));
        await (await desk.Tries("settlement-clerk-1", "special.pay", "Paid")).Is(HttpStatusCode.UnprocessableEntity);   // no voucher
        await desk.Decides("settlement-clerk-1", "special.pay", "Paid", new { voucher = "V-7" });
        await desk.Decides("county-officer-2", "special.approve", "Approved");
        await desk.Decides("county-finance-2", "special.pay", "Paid", new { voucher = "V-8" });
        Assert.Equal((500m, 79_000m), (await Available("F2-2026-township-a"), await Available("F2-2026")));
        Assert.Equal("1000", Assert.Single(await desk.List("persons/person-zhang/measures"), entry => entry.Text("source") == "linkage").Text("amount"));

        // Above the delegated sum the county decides; the database knows no linkage that one person proposed and approved.
        var id = await Begins("person-hua", "Temporary");
        await desk.Decides("clerk-1", "special.propose", "Proposed", new { amount = 2000.01, purpose = "x" });
        Assert.Equal("999900", (await desk.Task("special.approve")).Text("unit"));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(async db => await db.Replace((await new LinkageBook(db).Get(id, None)) with { DecidedBy = "clerk-1" }, None)));
        foreach (var wrong in new object[] { new { personId = "person-hua" }, new { need = "Medical" }, new { personId = "person-hua", need = "Medical", origin = "x" } })
            await (await desk.Posts(null, "linkages", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "linkages", new { personId = "nobody", need = "Medical" })).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2, 14));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task<JsonElement> Proposes(object more) => desk.Sends("reviewer-li", "policy-library", Policy(more));

    private static Dictionary<string, object?> Policy(object more)
    {
        var body = new Dictionary<string, object?>
        {
            ["countyCode"] = "999900", ["code"] = "medical-aid", ["class"] = "Medical", ["department"] = "dept-health", ["title"] = "大病医疗救助", ["titleEn"] = "Medical aid", ["conditions"] = "<b>困难</b>群众",
            ["howToApply"] = "向村(社区)申请", ["audioUrl"] = "https://media.example/aid.mp3", ["document"] = "示例医保〔2026〕1号", ["validFrom"] = "2026-01-01"
        };
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            body[field.Name] = field.Value;
        return body;
    }

    private async Task<string> Begins(string person, string need) =>
        Guid.Parse((await desk.Sends(null, "linkages", new { personId = person, need })).Text("instanceId")!).ToString("N");

    private static async Task<string> Page(HttpClient stranger, string about) => await stranger.GetStringAsync("/policies/999900/" + about);

    private async Task<string?> Outcome(string id) => (await desk.Get("instances/" + Guid.Parse(id))).GetProperty("output").Text("outcome");

    private async Task<string?> Problem(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data").Text("problem");

    private async Task<decimal> Available(string account) => decimal.Parse((await desk.Get("funds/accounts/" + account)).Text("available")!, CultureInfo.InvariantCulture);

    public sealed class OnSqlite : SpecialReliefTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SpecialReliefTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
