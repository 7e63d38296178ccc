using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>P02 over REST: somebody is reported, spoken with in time and helped to apply; who reported them learns the class of the outcome, the county what is late.</summary>
public abstract class DiscoveryTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;
    private string applied = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Who_is_found_applies_like_everybody_and_the_discoverer_learns_the_class_alone()
    {
        var found = await Reports("surveyor-sun", new { personRef = "一村老井旁住户", channel = "ThirdParty" });
        Assert.Equal(EndOf(3, 5), await desk.Due("discovery.contact"));
        Assert.Equal(["unit:999901 03-02 14:00"], desk.Told("discovery.found"));
        await desk.Decides("clerk-1", "discovery.contact", "WantsHelp");
        await desk.Decides("clerk-1", "discovery.apply", "Applied");   // without an application there is nothing to confirm
        Assert.Equal("NoApplication", (await desk.Get("tasks/" + (await desk.Task("discovery.apply")).Text("id"))).GetProperty("data").Text("problem"));
        await Applies(Applicant.Zhang, Id(found));
        Assert.Empty(await desk.Tasks("discovery.apply"));
        Assert.Single(await desk.Tasks("completeness"));   // it is taken in, surveyed and decided as every application

        var known = await desk.Get("discoveries/" + Id(found));
        Assert.Equal(("Closed", "Helped", applied), (known.Text("status"), known.Text("result"), known.GetProperty("details").Text("applicationId")));
        Assert.Equal(["staff:surveyor-sun 03-02 14:00"], desk.Told("discovery.result"));
        Assert.Contains("已进入救助办理", Assert.Single(desk.Texts("discovery.result")), StringComparison.Ordinal);
        var theirs = await Reports("supplier-a", new { personRef = "二村住户", areaCode = "99990102" });
        var seen = await desk.Sees("supplier-a", "discoveries/" + Id(theirs));
        Assert.Equal((null, null, "Open"), (seen.Text("details"), seen.Text("contacts"), seen.Text("status")));
        await (await desk.Host.With(TestHost.AdminKey, "supplier-a").GetAsync("/api/v1/discoveries/" + Id(found))).Refuses(HttpStatusCode.NotFound, "discovery.notFound");

        // By the same person's own application, without a word of it, the share stays right.
        await Applies(Applicant.Wang, null);
        var figures = await desk.Get("discoveries/figures?county=999900&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z");
        Assert.Equal((2, 1, 0.5m), (figures.GetProperty("cases").GetInt32(), figures.GetProperty("fromDiscovery").GetInt32(), figures.GetProperty("share").GetDecimal()));
        Assert.Equal((1, 1), (figures.GetProperty("casesByChannel").GetProperty("ThirdParty").GetInt32(), figures.GetProperty("casesByWay").GetProperty("ThirdParty").GetInt32()));
        await desk.IsSound();
    }

    [Fact]
    public async Task At_high_risk_a_day_on_the_clock_is_all_and_after_20_working_days_the_county_knows()
    {
        await Reports("surveyor-sun", new { personId = "person-zhao", risk = "High" });
        Assert.Equal(On(3, 3, 14), await desk.Due("discovery.contact"));
        await desk.Until(On(3, 3, 14));
        Assert.Equal(["unit:999900 03-03 14:00"], desk.Told("discovery.overdue"));
        await (await desk.Tries("zhao-nephew", "discovery.contact", "NoNeed", new { reason = "x" })).Is(HttpStatusCode.Forbidden);   // kin
        await desk.Decides("clerk-1", "discovery.contact", "NotFound", new { attempts = new[] { "2026-03-03T13:00:00+08:00" } });
        Assert.Equal(On(3, 3, 18), await desk.Due("discovery.seek"));
        await desk.Decides("surveyor-qian", "discovery.seek", "Found", new { reason = "在女儿家" });
        await desk.Until(On(3, 31, 9));
        Assert.Contains("unit:999900 03-30 23:59", desk.Told("discovery.overdue"));
        await desk.Decides("clerk-1", "discovery.contact", "NoNeed", new { reason = "女儿照料" });
        var figures = await desk.Get("discoveries/figures?county=999900&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z");
        Assert.Equal((1, 1), (figures.GetProperty("overdue").GetInt32(), figures.GetProperty("byOutcome").GetProperty("NoNeed").GetInt32()));
        await desk.IsSound();
    }

    [Fact]
    public async Task Of_two_who_report_one_person_at_once_one_discovery_is_open_and_a_closed_one_stays()
    {
        var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Posts("surveyor-sun", "discoveries", Body(new { personId = "person-hua" }))));
        Assert.All(reports, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await desk.Settles();
        var all = await desk.List("discoveries?county=999900");
        Assert.Equal((1, 5), (all.Count(row => row.Text("status") == "Open"), all.Count(row => row.Text("status") == "Merged" && row.Text("result") == "Known")));
        Assert.Single(await desk.Tasks("discovery.contact"));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(db => db.Insert(Row("second"), None)));
        await desk.Decides("clerk-1", "discovery.contact", "Declines", new { reason = "不需要" });
        var id = all.Single(row => row.Text("status") == "Open").Text("id")!;
        Assert.Equal("NotHelped", (await desk.Get("discoveries/" + id)).Text("result"));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(async db =>
            await db.Replace(await db.Set<Discovery>().SingleAsync(row => row.Id == id) with { Outcome = DiscoveryOutcome.NoNeed }, None)));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(db => db.Insert(Row("closed") with { PersonId = "person-feng", Status = DiscoveryStatus.Closed }, None)));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_no_report_is_refused_with_its_field()
    {
        foreach (var (wrong, field) in new (object, string)[]
                 {
                     (new { personRef = "13800000000" }, "personRef"), (new { }, "personRef"), (new { personId = "nobody" }, "personId"), (new { personRef = "x", areaCode = "11010101" }, "areaCode"),
                     (new { personRef = "x", seen = "" }, "seen"), (new { personRef = "x", countyCode = "" }, "countyCode")
                 })
            Assert.True((await (await desk.Posts("surveyor-sun", "discoveries", Body(wrong))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").TryGetProperty(field, out _), field);
        Assert.Empty(await desk.List("discoveries?county=999900"));
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2, 14));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static Discovery Row(string id) => new()
    {
        Id = id, CountyCode = "999900", CreatedAt = On(3, 2).ToUniversalTime(), CreatedBy = "x", AreaCode = "99990101", Origin = DiscoveryOrigin.Report, OriginId = id, PersonId = "person-hua", Seen = "x",
        Risk = DiscoveryRisk.Normal, Channel = DiscoveryChannel.Community
    };

    private Task<JsonElement> Reports(string by, object more) => desk.Sends(by, "discoveries", Body(more));

    private async Task Applies(Applicant who, string? discovery)
    {
        var taken = await desk.Sends("clerk-1", "intake/applications", new
        {
            countyCode = "999900", channel = "window", applicantName = who.Name, category = who.Category, itemCodes = new[] { "home-care" }, wording = "需要照料", papers = new[] { "application-form", "consent" },
            consentVersion = "2026-1", discoveryId = discovery, person = new { idNumber = who.IdNumber, name = who.Name, sex = who.Sex, birthDate = who.Birth, areaCode = who.Village }
        });
        await using var db = desk.Host.Records.ReadingAll();
        Assert.Equal(discovery, await db.Set<Application>().Where(row => row.Id == taken.Text("applicationId")).Select(row => row.DiscoveryId).SingleAsync());
        if (discovery is not null)
            applied = taken.Text("applicationId")!;
    }

    private static Dictionary<string, object?> Body(object more)
    {
        var body = new Dictionary<string, object?> { ["countyCode"] = "999900", ["areaCode"] = "99990101", ["seen"] = "独居老人行动不便" };
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            body[field.Name] = field.Value;
        return body;
    }

    private static string Id(JsonElement found) => found.Text("id")!;

    public sealed class OnSqlite : DiscoveryTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DiscoveryTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
