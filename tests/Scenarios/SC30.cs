using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.MatchDesk;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-30 over REST: twelve dibao families of a village, of which April visited eleven; a half-year of the street; calls that are no visits; the grid and who has it.</summary>
public abstract class SC30 : IAsyncLifetime
{
    private const string April = "999900-Village-2026-04", HalfYear = "999900-Street-2026-H1";

    private ReliefDesk desk = null!;
    private string[] families = [];

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "E24")]
    public async Task Eleven_of_twelve_were_visited_and_the_twelfth_goes_a_level_up()
    {
        await TheRoundsBegin();
        await ACallIsNoVisit();
        await ElevenAreVisited();
        await OneVisitIsNotTwo();
        await AprilEnds();
        await TheStreetIsReminded();
        await desk.IsSound();
    }

    [Fact]
    public async Task A_cell_has_one_worker_and_a_village_one_cell_and_whoever_has_it_gets_the_work()
    {
        await TheGridIsKept();
        await AHitGoesToTheWorker();
        await NobodyIsHomeTwice();
        await DangerGoesToTheHotline();
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 31, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task TheRoundsBegin()
    {
        await AreTwelve();
        var wrong = await (await desk.Posts("county-officer-1", "visit-rounds", new { countyCode = "999901", from = "2026-02" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["countyCode", "from"], wrong.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await desk.Sends("county-officer-1", "visit-rounds", new { countyCode = "999900", from = "2026-04" });
        Assert.Equal([HalfYear], (await desk.List("visit-rounds?county=999900")).Select(round => round.Text("id")));
        await desk.Until(4, 1, 1);
        await desk.Sends("county-officer-1", "visit-rounds", new { countyCode = "999900", from = "2026-04" });   // again: nothing is doubled
        Assert.Equal([April, HalfYear], (await desk.List("visit-rounds?county=999900")).Select(round => round.Text("id")));
        Assert.Equal((12, 0, "0"), await Compliance(April, "99990101"));
        Assert.Equal((12, 0, "0"), await Compliance(HalfYear, "999901"));
        Assert.Equal(["unit:99990101 04-01 00:30"], desk.Told("visit.tasks").Where(told => told.StartsWith("unit:99990101", StringComparison.Ordinal)));
        families = [.. (await desk.List($"home-visits?round={April}&take=100")).Select(visit => visit.Text("familyId")!)];
        var first = await desk.Get($"home-visits?round={April}&take=5");
        Assert.Equal(families[5], (await desk.List($"home-visits?round={April}&take=5&after={first.Text("next")}"))[0].Text("familyId"));
        Assert.Empty((await desk.Sees("village-worker-3", $"home-visits?round={April}")).Items());
    }

    private async Task ACallIsNoVisit()
    {
        await desk.Until(4, 10, 9);
        var call = new { outcome = "Done", mode = "Phone", visitedAt = On(4, 10, 9), situation = "电话中一切正常" };
        await (await Reports("surveyor-qian", April, families[0], call)).Refuses(HttpStatusCode.Conflict, "visit.remoteNotAllowed");
        await Sets("emergency.mode", "true", "2026-04-10");
        var taken = await (await Reports("surveyor-qian", April, families[0], call)).Is(HttpStatusCode.Accepted);
        Assert.Equal("Emergency", taken.Text("remoteGround"));
        await Sets("emergency.mode", "false", "2026-04-11");
        await desk.Until(4, 11, 10);
        await (await Reports("surveyor-qian", April, families[1], call with { visitedAt = On(4, 11, 9) })).Refuses(HttpStatusCode.Conflict, "visit.remoteNotAllowed");
        await Sets("visit.remoteAllowed", "true", "2026-04-11");
        Assert.Equal("Allowed", (await (await Reports("surveyor-qian", April, families[1], call with { visitedAt = On(4, 11, 9) })).Is(HttpStatusCode.Accepted)).Text("remoteGround"));
        await Sets("visit.remoteAllowed", "false", "2026-04-12");
    }

    private async Task ElevenAreVisited()
    {
        await desk.Until(4, 13, 9);
        var bad = new { outcome = "Done", mode = "Home", visitedAt = (DateTimeOffset?)null, changes = new[] { new { kind = "Weather", seen = "下雨" } }, latitude = 30.0 };
        var refused = await (await Reports("surveyor-qian", April, families[2], bad)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["changes", "latitude", "situation", "visitedAt"], refused.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await (await Reports("village-worker-2", April, families[2], Made(On(4, 13, 9)))).Refuses(HttpStatusCode.NotFound, "visit.notFound");   // the other village does not even see it
        await (await Reports("agent-jiang", April, families[2], Made(On(4, 13, 9)))).Refuses(HttpStatusCode.Forbidden, "visit.notYours");
        await (await Reports("surveyor-qian", April, families[2], Made(On(3, 30, 9)))).Refuses(HttpStatusCode.Conflict, "visit.outsidePeriod");
        foreach (var (family, at) in families.Skip(2).Take(8).Select((family, at) => (family, at)))
            await (await Reports("surveyor-qian", April, family, Made(On(4, 13, 8).AddMinutes(7 * at)))).Is(HttpStatusCode.Accepted);
        await (await Reports("surveyor-qian", April, families[2], Made(On(4, 13, 9)))).Refuses(HttpStatusCode.Conflict, "visit.over");
    }

    private async Task OneVisitIsNotTwo()
    {
        // The assistant of the township may do both duties, and one visit of theirs serves only one of them.
        var (village, street) = (VisitOf(April, families[10]), VisitOf(HalfYear, families[10]));
        await (await Reports("surveyor-sun", April, families[10], Made(On(4, 13, 9), street))).Refuses(HttpStatusCode.Conflict, "visit.villageAndStreet");
        await (await Reports("surveyor-sun", April, families[10], Made(On(4, 13, 9), VisitOf(April, families[11])))).Refuses(HttpStatusCode.Conflict, "visit.alsoUnfit");
        var asked = await (await desk.Posts("clerk-1", "home-visits", new { personId = families[10], dueOn = "2026-04-20", reason = "数据比对" })).Is(HttpStatusCode.OK);
        Assert.Equal(asked.Text("id"), (await (await desk.Posts("clerk-1", "home-visits", new { personId = families[10], dueOn = "2026-04-21", reason = "再次" })).Is(HttpStatusCode.OK)).Text("id"));
        await (await Reports("surveyor-sun", April, families[10], Made(On(4, 13, 9), asked.Text("id")!))).Is(HttpStatusCode.Accepted);
        await (await Reports("surveyor-sun", HalfYear, families[10], Made(On(4, 13, 9)))).Refuses(HttpStatusCode.Conflict, "visit.sameVisit");
        Assert.Equal(["Done", "Done", "Open"], new[] { await desk.Get("home-visits/" + village), await desk.Get("home-visits/" + asked.Text("id")), await desk.Get("home-visits/" + street) }.Select(view => view.GetProperty("visit").Text("status")));
    }

    private async Task AprilEnds()
    {
        await desk.Until(4, 25, 9);
        Assert.Equal(["unit:99990101 04-25 09:00"], desk.Told("visit.unvisited"));
        Assert.Equal("2026-04还有1户未走访,截止2026-04-30", Assert.Single(desk.Texts("visit.unvisited")));
        await desk.Until(5, 1, 1);
        Assert.Equal((12, 11, "0.9167"), await Compliance(April, "99990101"));
        Assert.Equal(["unit:999901 05-01 00:30"], desk.Told("visit.missed"));
        Assert.Equal("999901012026-04漏访1户(应访12,完成率91.7%),请督促", Assert.Single(desk.Texts("visit.missed")));
        await (await Reports("surveyor-qian", April, families[11], Made(On(4, 30, 9)))).Refuses(HttpStatusCode.Conflict, "visit.over");
        Assert.Equal((12, 0, "0"), await Compliance("999900-Village-2026-05", "99990101"));
    }

    private async Task TheStreetIsReminded()
    {
        await desk.Until(5, 6, 18);
        await (await Reports("surveyor-qian", HalfYear, families[0], Made(On(5, 6, 9)))).Refuses(HttpStatusCode.Forbidden, "visit.notYours");
        foreach (var (family, at) in families.Take(9).Select((family, at) => (family, at)))
            await (await Reports("clerk-1", HalfYear, family, Made(On(5, 6, 9).AddMinutes(7 * at)))).Is(HttpStatusCode.Accepted);
        await desk.Until(6, 20, 8);
        Assert.DoesNotContain("unit:999901 06-20 09:00", desk.Told("visit.unvisited"));
        await desk.Until(6, 20, 9);
        Assert.Contains("unit:999901 06-20 09:00", desk.Told("visit.unvisited"));
        Assert.Contains("2026-H1还有3户未走访,截止2026-06-30", desk.Texts("visit.unvisited"));
        await desk.Until(7, 1, 1);
        Assert.Equal((12, 9, "0.75"), await Compliance(HalfYear, "999901"));
        Assert.Contains("unit:999900 07-01 00:30", desk.Told("visit.missed"));
        Assert.Contains("999900-Street-2026-H2", (await desk.List("visit-rounds?county=999900")).Select(round => round.Text("id")));
    }

    private async Task TheGridIsKept()
    {
        await (await Puts("grid/cells/N", new { countyCode = "999900", name = "北区", level = 1 })).Is(HttpStatusCode.OK);
        await (await Puts("grid/cells/N-1", new { countyCode = "999900", name = "甲镇网格", level = 2, parentId = "N" })).Is(HttpStatusCode.OK);
        var bad = await (await Puts("grid/cells/N-9", new { countyCode = "999900", level = 7, villages = new[] { "99990101", "99990101" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["level", "name", "villages"], bad.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await (await Puts("grid/cells/N-1-1", new { countyCode = "999900", name = "一村网格", level = 3, parentId = "N-1", villages = new[] { "99990101" } })).Is(HttpStatusCode.OK);
        await (await Puts("grid/cells/N-1-2", new { countyCode = "999900", name = "二村网格", level = 3, parentId = "N-1", villages = new[] { "99990101", "99990102" } })).Refuses(HttpStatusCode.Conflict, "grid.villageTaken");
        await (await Puts("grid/cells/N-1-2", new { countyCode = "999900", name = "二村网格", level = 3, parentId = "N", villages = new[] { "99990102" } })).Refuses(HttpStatusCode.Conflict, "grid.parent");
        await desk.Settles();
        Assert.Equal(["unit:999900 03-31 09:00"], desk.Told("grid.vacant"));
        Assert.Equal(EndOf(4, 3), await desk.Due("grid.vacant"));

        await (await Puts("grid/cells/N-1-1/worker", new { staffId = "clerk-1" })).Refuses(HttpStatusCode.Conflict, "grid.notGridWorker");
        await (await Puts("grid/cells/N-1-1/worker", new { staffId = "grid-1" })).Is(HttpStatusCode.OK);
        await desk.Settles();
        Assert.Empty(await desk.Tasks("grid.vacant"));
        Assert.Equal("Finished", Assert.Single(await desk.List("instances?definitionId=procedure.grid")).Text("status"));
        await (await Puts("grid/cells/N-1-1/stand-in", new { staffId = "grid-1", until = "2026-04-20" })).Refuses(HttpStatusCode.Conflict, "grid.isWorker");
        var grid = await desk.Get("grid?county=999900");
        Assert.Equal(["99990102", "99990201"], grid.GetProperty("uncovered").EnumerateArray().Select(code => code.GetString()));
        Assert.Equal("grid-1", grid.GetProperty("cells").EnumerateArray().Single(cell => cell.GetProperty("cell").Text("id") == "N-1-1").Text("current"));

        // Who leaves is missed at once.
        using var client = desk.Host.With(TestHost.AdminKey, "county-officer-1");
        await (await client.DeleteAsync("/api/v1/grid/cells/N-1-1/worker")).Is(HttpStatusCode.OK);
        await desk.Settles();
        Assert.Equal(["N-1-1"], (await desk.Get("grid?county=999900")).GetProperty("vacant").EnumerateArray().Select(cell => cell.GetString()));
        await desk.Decides("county-officer-1", "grid.vacant", "Filled", new { staffId = "grid-1" });
        await (await client.GetAsync("/api/v1/grid/cells/N-7")).Refuses(HttpStatusCode.NotFound, "grid.notFound");
    }

    private async Task AHitGoesToTheWorker()
    {
        await desk.Knows(1);
        await desk.SetsRules(Rule("dept-health", "found", "illness", "A", 3));
        var run = (await desk.Sends("county-officer-1", "match-runs", new { countyCode = "999900" })).Text("runId")!;
        await desk.HandsIn("health-1", (run, "dataSet=found&version=1&form=HitList"), $"身份证号,区划代码,编号\n{IdNumber(1)},99990101,W-1\n{IdNumber(2)},99990102,W-2\n");
        Assert.Equal(["99990101 grid-1", "99990102 "], (await desk.Tasks("match.home")).Select(task => $"{task.Text("unit")} {task.Text("assignee")}").Order());
        Assert.Equal(["staff:grid-1 03-31 09:00", "unit:99990102 03-31 09:00"], desk.Told("match.hit").Order());
    }

    private async Task NobodyIsHomeTwice()
    {
        await desk.Sends("county-officer-1", "visit-rounds", new { countyCode = "999900", from = "2026-04" });
        await desk.Until(4, 2, 20);
        Assert.Equal(3, (await desk.List("home-visits?worker=grid-1&status=Open&round=" + April)).Length);
        var miss = new { outcome = "NobodyHome", mode = "Home", visitedAt = On(4, 2, 9) };
        await (await Reports("grid-1", April, "person-zhang", miss)).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Empty(await desk.Tasks("welfare-check"));
        await (await Reports("grid-1", April, "person-zhang", miss with { visitedAt = On(4, 2, 19) })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal(On(4, 3, 0), await desk.Due("welfare-check"));   // he lives alone: four hours, by night too
        await desk.Decides("surveyor-qian", "welfare-check", "AtHome");
        Assert.Equal(("Open", "2"), (await desk.Get("home-visits/" + VisitOf(April, "person-zhang"))).GetProperty("visit") is var visit ? (visit.Text("status"), visit.Text("misses")) : default);
        await (await Reports("grid-1", April, "person-hua", new { outcome = "Refused", mode = "Home", visitedAt = On(4, 2, 10) })).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal(["unit:999901 04-02 20:00"], desk.Told("visit.refused"));
    }

    private async Task DangerGoesToTheHotline()
    {
        var report = new { outcome = "Done", mode = "Home", visitedAt = On(4, 2, 11), situation = "屋顶将塌", danger = "房屋随时可能倒塌", needs = "需要临时住处", latitude = 30.5, longitude = 117.5, policyExplained = true };
        await (await Reports("grid-1", April, "person-zhao", report)).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        Assert.Equal(On(4, 2, 20, 30), await desk.Due("ticket.transfer"));
        var ticket = Assert.Single(await desk.List("tickets?county=999900"));
        Assert.Equal(("Report", "True", "999901"), (ticket.Text("type"), ticket.Text("lifeRisk"), ticket.Text("unitCode")));
        Assert.Equal(["unit:999900 04-02 20:00"], desk.Told("visit.danger"));
        Assert.Equal("High", Assert.Single(await desk.List("discoveries?county=999900&origin=Visit")).Text("risk"));
    }

    private static object Made(DateTimeOffset at, params string[] also) => new { outcome = "Done", mode = "Home", visitedAt = at, situation = "一切正常", policyExplained = true, also };

    private static string VisitOf(string round, string family) => $"{round}-{family}-1";

    private Task<HttpResponseMessage> Reports(string by, string round, string family, object report) => desk.Posts(by, $"home-visits/{VisitOf(round, family)}/reports", report);

    private async Task<HttpResponseMessage> Puts(string address, object body)
    {
        using var client = desk.Host.With(TestHost.AdminKey, "county-officer-1");
        return await client.PutAsJsonAsync("/api/v1/" + address, body);
    }

    private async Task Sets(string key, string value, string from) =>
        await (await Puts("parameters/" + key, new { areaCode = "999900", value, validFrom = from, basis = "示例应急〔2026〕3号" })).Is(HttpStatusCode.OK);

    private async Task<(int Required, int Visited, string? Compliance)> Compliance(string round, string unit)
    {
        var found = (await desk.Get("visit-rounds/" + round)).GetProperty("units").EnumerateArray().Single(one => one.Text("unit") == unit);
        return (found.GetProperty("required").GetInt32(), found.GetProperty("visited").GetInt32(), found.GetProperty("compliance").GetDecimal().ToString("0.####", CultureInfo.InvariantCulture));
    }

    // Three are in the example; two more live in one household and are one family.
    private Task AreTwelve() => desk.Set(async db =>
    {
        var book = new PersonBook(db, desk.Key);
        foreach (var number in Enumerable.Range(1, 10))
        {
            var person = await book.Enter(
                new PersonEntry
                {
                    Id = $"dibao-{number:00}", CountyCode = "999900", IdNumber = IdNumber(number), Name = "某某某", Sex = "F", BirthDate = new DateOnly(1960, 1, 1), AreaCode = "99990101"
                }, new Deed("seed", On(1, 5), "dibao-" + number), None);
            if (number is 9 or 10)
                await db.Replace(person with { HouseholdId = "household-9" }, None);
            await db.Insert(new ReliefIdentity
            {
                Id = person.Id + ":identity", CountyCode = "999900", CreatedAt = On(1, 5), CreatedBy = "seed", PersonId = person.Id, Category = ReliefCategory.Dibao, ValidFrom = new DateOnly(2025, 1, 1),
                Evidence = "救助登记", Source = "relief-registry"
            }, None);
        }
    });

    public sealed class OnSqlite : SC30
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC30
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
