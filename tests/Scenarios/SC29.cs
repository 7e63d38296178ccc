using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.MatchDesk;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-29 over REST: a month's match with one of three partners late, 40 hits and two deaths, each looked at by a person before anything happens.</summary>
public abstract class SC29 : IAsyncLifetime
{
    private static readonly string[] Sought = ["2026-05-06T09:00:00+08:00", "2026-05-06T18:00:00+08:00", "2026-05-07T09:00:00+08:00"];

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Forty_hits_and_two_deaths_are_looked_at_and_nothing_stops_by_a_name()
    {
        await TheMonthBegins();
        await PartnersHandIn();
        await TheRunIsPartial();
        await DeathsAreChecked();
        await HomesAreVisited();
        await TheCountyIsTold();
        await TheRawDataGoes();
        await desk.IsSound();
    }

    [Fact]
    public async Task The_same_is_not_said_twice_within_90_days_unless_it_weighs_more()
    {
        await desk.Knows(1, 2);
        await desk.SetsRules(Rule("dept-health", "disability", "disability", "A", 1));
        await desk.Until(5, 1, 2);
        await desk.HandsIn("health-1", (May, "dataSet=disability&version=5"), $"idNumber\n{IdNumber(1)}\n{IdNumber(2)}\n{IdNumber(3)}\n");
        foreach (var task in await desk.Tasks("match.home"))
            await desk.Decides("grid-1", task, ("NotConfirmed", new { finding = "不需要" }));
        Assert.Equal(2, (await desk.Get("match-runs/" + May)).GetProperty("figures").GetProperty("hits").GetInt32());   // whom the register does not know, a data set cannot hit

        var june = RunBook.OfMonth("999900", "2026-06");
        await desk.SetsRules(Rule("dept-health", "disability", "disability", "A", 1), Rule("dept-labour", "severe", "disability", "A", 3));
        await desk.Until(6, 1, 3);
        await desk.HandsIn("health-1", (june, "dataSet=disability&version=6"), $"idNumber\n{IdNumber(1)}\n{IdNumber(2)}\n");
        await desk.HandsIn("labour-1", (june, "dataSet=severe&version=6"), $"idNumber\n{IdNumber(2)}\n");
        var again = await desk.Get("match-runs/" + june);
        Assert.Equal("Matched", again.GetProperty("run").Text("status"));
        Assert.Equal((3, 2, 2), (Figure(again, "hits"), again.GetProperty("figures").GetProperty("bySuppression").GetProperty("WarnedBefore").GetInt32(), again.GetProperty("run").GetProperty("ruleVersion").GetInt32()));
        Assert.Equal("match-02", Assert.Single(await desk.List($"match-runs/{june}/hits?status=Open")).Text("personId"));
        await desk.IsSound();
    }

    [Fact]
    public async Task Whom_the_register_does_not_know_a_hit_list_names_by_its_reference_and_wrong_data_is_a_list()
    {
        await desk.Knows(1);
        await desk.SetsRules(Rule("dept-health", "found", "illness", "A", 3), Rule("dept-labour", "wrong", "address", "D", 1), Rule("county-bureau", "income", "income", "C", 2));
        var run = (await desk.Sends("county-officer-1", "match-runs", new { countyCode = "999900" })).Text("runId")!;
        await desk.HandsIn("health-1", (run, "dataSet=found&version=1&form=HitList"), $"身份证号,区划代码,编号\n{IdNumber(1)},99990101,W-1\n{IdNumber(2)},99990101,W-2\n");
        await desk.HandsIn("labour-1", (run, "dataSet=wrong&version=1"), $"idNumber\n{IdNumber(1)}\n");
        await desk.HandsIn("county-officer-1", (run, "dataSet=income&version=1"), $"idNumber\n{IdNumber(1)}\n{new Applicant("赵某某", "F", new DateOnly(1950, 1, 20), "03", "99990101", "Dibao").IdNumber}\n");

        Assert.Equal(["match-01 W-1", " W-2"], (await desk.List($"match-runs/{run}/hits?warning=A")).Select(hit => $"{hit.Text("personId")} {hit.Text("reference")}"));
        var wrong = Assert.Single(await desk.List($"match-runs/{run}/hits?warning=D"));
        Assert.Equal("Listed", wrong.Text("status"));
        var put = await (await desk.Posts("clerk-1", $"match-hits/{wrong.Text("id")}/corrected", new { finding = "住址已更正" })).Is(HttpStatusCode.OK);
        Assert.Equal("Corrected", put.Text("status"));
        await (await desk.Posts("clerk-1", $"match-hits/{wrong.Text("id")}/corrected", new { finding = "住址已更正" })).Refuses(HttpStatusCode.Conflict, "match.hitNotListed");

        // Who receives nothing can lose nothing; who does is looked at within a working day, and the services go on.
        Assert.Equal("person-zhao", Assert.Single(await desk.List($"match-runs/{run}/hits?warning=C")).Text("personId"));
        Assert.Equal(EndOf(4, 21), await desk.Due("match.loss"));
        await desk.Decides("clerk-1", "match.loss", "Confirmed", new { finding = "已就业" });
        Assert.Equal(["unit:999900 04-20 09:00", "unit:999901 04-20 09:00"], desk.Told("match.loss").Order(StringComparer.Ordinal));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(4, 20, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task TheMonthBegins()
    {
        await desk.Knows([.. Enumerable.Range(1, 40)]);
        await desk.Set(async db =>
        {
            foreach (var number in Enumerable.Range(1, 6))
                await db.Insert(new Case
                {
                    Id = $"served-{number}", CountyCode = "999900", CreatedAt = On(1, 6), CreatedBy = "seed", Number = $"served-{number}", PersonId = $"match-{number:00}", ApplicationId = $"none-{number}",
                    Status = CaseStatus.InService, AreaCode = "99990101", OwnerUnitId = "township-a", Category = ReliefCategory.Dibao, OpenedAt = On(1, 6)
                }, None);
        });
        await desk.SetsRules(Rule("dept-health", "disability", "disability", "A", 2), Rule("county-bureau", "funeral", MatchRule.Death, "C", 3), Rule("dept-labour", "jobless", "jobless", "B", 1));
        await desk.Until(4, 30, 23);
        Assert.Empty(await desk.List("match-runs?county=999900"));
        await desk.Until(5, 1, 2);
        Assert.Equal("Collecting", Assert.Single(await desk.List("match-runs?county=999900")).Text("status"));
        Assert.Equal(["unit:county-bureau 05-01 02:00", "unit:dept-health 05-01 02:00", "unit:dept-labour 05-01 02:00"], desk.Told("match.asked").Order(StringComparer.Ordinal));
    }

    private async Task PartnersHandIn()
    {
        var listed = "idNumber,reference\n" + string.Join('\n', Enumerable.Range(1, 40).Select(number => $"{IdNumber(number)},C-{number}"));
        var receipt = await desk.HandsIn("health-1", (May, "dataSet=disability&version=2026-05"), listed);
        Assert.Equal(40, receipt.GetProperty("accepted").GetInt32());
        var deaths = $"idNumber,eventOn\n{Applicant.Zhang.IdNumber},2026-04-18\n{new Applicant("赵某某", "F", new DateOnly(1950, 1, 20), "03", "99990101", "Dibao").IdNumber},2026-04-19\n";
        await desk.HandsIn("county-officer-1", (May, "dataSet=funeral&version=2026-05"), deaths);
        Assert.Equal("Collecting", (await desk.Get("match-runs/" + May)).GetProperty("run").Text("status"));
    }

    private async Task TheRunIsPartial()
    {
        await desk.Until(5, 2, 2);
        var view = await desk.Get("match-runs/" + May);
        Assert.Equal(("Matched", "True"), (view.GetProperty("run").Text("status"), view.GetProperty("run").Text("partial")));
        Assert.Equal(["unit:999900 05-02 02:00", "unit:dept-labour 05-02 02:00"], desk.Told("match.late").Order(StringComparer.Ordinal));
        await (await desk.TriesFile("labour-1", (May, "dataSet=jobless&version=2026-05"), $"idNumber\n{IdNumber(9)}\n")).Refuses(HttpStatusCode.Conflict, "match.closed");
        Assert.Equal((42, 6), (Figure(view, "hits"), view.GetProperty("figures").GetProperty("bySuppression").GetProperty("AlreadyServed").GetInt32()));
        var tasks = await desk.List("tasks?kind=match.home&take=100");
        Assert.Equal((34, EndOf(5, 18)), (tasks.Length, tasks[0].GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
    }

    private async Task DeathsAreChecked()
    {
        var tasks = await desk.Tasks("death");
        Assert.Equal(2, tasks.Length);
        Assert.All(tasks, task => Assert.Equal(EndOf(5, 6), task.GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        Assert.Equal((LifeStatus.DeathReported, LifeStatus.DeathReported), (await Lives("person-zhang"), await Lives("person-zhao")));
        await desk.Until(5, 6, 9);
        foreach (var task in tasks)
            await desk.Decides("clerk-1", task, task.Text("subject") == "person:person-zhang" ? ("PersonDied", new { evidence = "死亡证明" }) : ("DeathRetracted", new { evidence = "见到本人，姓名相同" }));
        Assert.Equal((LifeStatus.Dead, LifeStatus.Alive), (await Lives("person-zhang"), await Lives("person-zhao")));
        Assert.Equal(["Confirmed", "NotConfirmed"], (await desk.List($"match-runs/{May}/hits?warning=C")).Select(hit => hit.Text("status")).Order(StringComparer.Ordinal));
    }

    private async Task HomesAreVisited()
    {
        await (await desk.Posts("village-worker-2", $"tasks/{(await desk.Tasks("match.home"))[0].Text("id")}/complete", new { outcome = "Confirmed", data = new { finding = "x" } })).Is(HttpStatusCode.Forbidden);
        await desk.Until(5, 8, 9);
        var tasks = await desk.List("tasks?kind=match.home&take=100");
        await desk.Decides("grid-1", tasks[0], ("Unreachable", new { attempts = Sought[..2] }));   // two attempts are none
        tasks = await desk.List("tasks?kind=match.home&take=100");
        Assert.Equal(34, tasks.Length);
        Assert.All(tasks, task => Assert.Equal(EndOf(5, 18), task.GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        for (var at = 0; at < 34; at++)
            await desk.Decides("grid-1", tasks[at], at < 20 ? ("Confirmed", new { finding = "独居，需要照料" }) : at < 31 ? ("NotConfirmed", new { finding = "子女照料" }) : ("Unreachable", new { attempts = Sought }));
    }

    private async Task TheCountyIsTold()
    {
        Assert.Equal(["unit:999900 05-08 09:00"], desk.Told("match.report"));
        foreach (var entrant in new[] { Applicant.Chen, Applicant.Jiang })
        {
            await desk.Know(entrant, ReliefCategory.Margin, (ConditionKind.Disability, 2));
            await desk.IsConfirmed(entrant, "home-care", 4);
        }

        var view = await desk.Get("match-runs/" + May);
        var figures = view.GetProperty("figures");
        Assert.Equal(("Reported", 20, 34, 2), (view.GetProperty("run").Text("status"), Figure(view, "discoveries"), Figure(view, "checks"), Figure(view, "newEntrants")));
        Assert.Equal((10m, 0.5882m, 1m), (figures.GetProperty("discoveryShare").GetDecimal(), figures.GetProperty("confirmationRate").GetDecimal(), figures.GetProperty("recheckRatio").GetDecimal()));

        // INV-29: each figure is the number of the records that stand behind it.
        var hits = await desk.List($"match-runs/{May}/hits");
        foreach (var status in figures.GetProperty("byStatus").EnumerateObject())
            Assert.Equal(hits.Count(hit => hit.Text("status") == status.Name), status.Value.GetInt32());
        Assert.Equal(20, (await desk.List("discoveries?county=999900&origin=DataMatch")).Count(found => hits.Any(hit => hit.Text("id") == found.Text("originId") && hit.Text("discoveryId") == found.Text("id"))));
        await desk.Sees("county-officer-1", $"match-runs/{May}/hits?status=Confirmed");
        Assert.Contains("HitsSeen county-officer-1 05-08", await desk.Audit("match:" + May));
    }

    private async Task TheRawDataGoes()
    {
        var file = (await desk.Get("match-runs/" + May)).GetProperty("awaited").EnumerateArray().First(awaited => awaited.GetProperty("rule").Text("dataSet") == "disability").GetProperty("files")[0].Text("id")!;
        await desk.Until(6, 1, 23);
        Assert.Equal(40, await Rows(file));
        await desk.Until(6, 2, 1);
        Assert.Equal(0, await Rows(file));
        Assert.Equal(42, (await desk.List($"match-runs/{May}/hits")).Length);
        Assert.Contains("RawDataErased system 06-01", await desk.Audit("match:" + May));
        Assert.Equal("2026-06", (await desk.List("match-runs?county=999900"))[0].Text("period"));   // the next month has begun by itself
    }

    private async Task<int> Rows(string file)
    {
        var count = -1;
        await desk.Set(async db => count = await MatchSql.Brought(db, May, file, None));
        return count;
    }

    private async Task<LifeStatus> Lives(string person)
    {
        var status = LifeStatus.Alive;
        await desk.Set(async db => status = (await new PersonQueries(db).Facts(person, new DateOnly(2026, 5, 1), None))!.Person.LifeStatus);
        return status;
    }

    private static int Figure(JsonElement view, string name) => view.GetProperty("figures").GetProperty(name).GetInt32();

    public sealed class OnSqlite : SC29
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC29
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
