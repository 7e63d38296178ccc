using System.Net;
using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.MatchDesk;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-31 over REST: a quarter's 666 check of a township finds two bedridden people without care, a relative who is not filed, and four files without need assessment; it is closed when all seven are settled.</summary>
public abstract class SC31 : IAsyncLifetime
{
    private const string Run = "checks666/999901-2026-04";

    private static readonly Applicant[] Bedridden =
    [
        new("陈某某", "M", new DateOnly(1950, 3, 3), "71", "99990102", "Dibao"), new("蒋某某", "F", new DateOnly(1952, 4, 4), "72", "99990102", "Dibao")
    ];

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Seven_findings_are_seven_actions_and_all_of_them_have_an_outcome_before_it_is_closed()
    {
        await TheQuarterBegins();
        await SixItemsAreChecked();
        await FilesAreCompleted();
        await TheRelativeIsFiled();
        await CareIsOrdered();
        await ItIsClosed();
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 31, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task TheQuarterBegins()
    {
        await desk.Set(async db =>
        {
            foreach (var number in Enumerable.Range(1, 4))
            {
                await Enters(db, new PersonEntry { Id = $"tekun-{number}", CountyCode = "999900", IdNumber = IdNumber(number), Name = "某某某", Sex = "M", BirthDate = new DateOnly(1960, 1, 1), AreaCode = "99990101" }, ReliefCategory.Tekun);
                await db.Insert(CaseOf($"tekun-{number}", ReliefCategory.Tekun), None);
                var file = await new ArchiveBook(db).Open(new FileEntry($"case-tekun-{number}", $"999900-2025-00000{number}", "INST-1", ["needDetermination", "agreement"]), Seed($"file-{number}"), None);
                await new ArchiveBook(db).File(file.Id, new FiledPaper("agreement", "sha256:agreement"), Seed($"paper-{number}"), None);
            }

            foreach (var (who, number) in Bedridden.Select((who, number) => (who, number)))
            {
                await Enters(db, new PersonEntry { Id = $"bed-{number}", CountyCode = "999900", IdNumber = who.IdNumber, Name = who.Name, Sex = who.Sex, BirthDate = who.Birth, AreaCode = who.Village }, ReliefCategory.Dibao);
                await db.Insert(new PersonCondition { Id = $"bed-{number}:care", CountyCode = "999900", CreatedAt = On(1, 5), CreatedBy = "seed", PersonId = $"bed-{number}", Kind = ConditionKind.SelfCare, Level = 4, Evidence = "证明材料", Confidential = false }, None);
            }

            await KinFilingPathway.Decided(db, "person-hua");
        });
        var wrong = await (await desk.Posts("county-officer-1", "checks666", new { townshipCode = "99990101", from = "2025-12" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal(["from", "townshipCode"], wrong.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order());
        await desk.Sends("county-officer-1", "checks666", new { townshipCode = "999901", from = "2026-04" });
        Assert.Empty(await desk.List("checks666?township=999901"));
        await desk.Until(4, 1, 1);
        await desk.Sends("county-officer-1", "checks666", new { townshipCode = "999901", from = "2026-04" });
        Assert.Single(await desk.List("checks666?township=999901"));
        Assert.Equal(["unit:999901 04-01 00:30"], desk.Told("check666.opened"));
        Assert.Empty((await desk.Sees("clerk-b", "checks666?township=999901")).Items());
        await (await desk.Host.Client.GetAsync("/api/v1/checks666/none")).Refuses(HttpStatusCode.NotFound, "check666.notFound");
        Assert.Equal(["bed-0 noCare", "bed-1 noCare", "person-feng noCare", "person-zhang noCare"], (await Subjects(1)).Order());
        Assert.Contains("person-zhao kinNotFiled", await Subjects(5));
        Assert.Equal(4, (await Subjects(6)).Count(subject => subject.EndsWith(" needAssessmentMissing", StringComparison.Ordinal)));
    }

    private async Task SixItemsAreChecked()
    {
        Assert.Equal((6, EndOf(4, 30)), ((await desk.List("tasks?take=100")).Count(task => task.Text("kind")!.StartsWith("check666.item", StringComparison.Ordinal)), await desk.Due("check666.item1")));
        await Checks(1, "Findings", new { personId = "bed-0", what = "卧床无人照护" }, new { personId = "nobody", what = "不在名单" });
        Assert.Equal("PersonNotDrawn", await Problem("check666.item1"));
        await Checks(1, "Findings", new { personId = "bed-0", what = "卧床无人照护", dueOn = "2026-06-30" });
        Assert.Equal("DueInvalid", await Problem("check666.item1"));
        await Checks(1, "Findings", new { personId = "bed-0" });
        Assert.Equal("FindingsUnfit", await Problem("check666.item1"));
        await Checks(1, "Findings", new { personId = "bed-0", what = "卧床无人照护", dueOn = "2026-04-30" }, new { personId = "bed-1", what = "卧床无人照护", dueOn = "2026-04-30" });
        await Checks(2, "Clean");
        await Checks(3, "Clean");
        await Checks(4, "Clean");
        await Checks(5, "Findings", new { personId = "person-hua", what = "亲属在镇里工作", staffId = "surveyor-zhou" });
        Assert.Equal("RelationMissing", await Problem("check666.item5"));
        await Checks(5, "Findings", new { personId = "person-hua", what = "亲属在镇里工作", staffId = "surveyor-zhou", relation = "kin" });
        await Checks(6, "Findings", [.. Enumerable.Range(1, 4).Select(number => new { personId = $"tekun-{number}", what = "缺需求评估", dueOn = "2026-04-20" })]);
        Assert.Equal(["2 2 0", "0 0 0", "0 0 0", "0 0 0", "1 1 0", "4 4 0"], (await Rows()).Select(row => $"{row.Text("problems")} {row.Text("actions")} {row.Text("done")}"));
        Assert.Equal((2, 1, 4), ((await desk.Tasks("check666.care")).Length, (await desk.Tasks("check666.kin")).Length, (await desk.Tasks("check666.archive")).Length));
        Assert.Empty(desk.Told("check666.zero"));
    }

    private async Task FilesAreCompleted()
    {
        var files = await desk.Tasks("check666.archive");
        Assert.Equal((4, EndOf(4, 20)), (files.Length, files[0].GetProperty("due").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8))));
        await desk.Decides("clerk-1", files[0], ("Done", new { result = "已补" }));
        Assert.Equal("PaperMissing", await Problem("check666.archive"));
        foreach (var task in await desk.Tasks("check666.archive"))
            await desk.Decides("clerk-1", task, ("Done", new { result = "已补充评估", papers = new[] { new { kind = "needDetermination", documentHash = "sha256:need" } } }));
        Assert.Equal("4 4 4", (await Rows())[5] is var row ? $"{row.Text("problems")} {row.Text("actions")} {row.Text("done")}" : "");
    }

    private async Task TheRelativeIsFiled()
    {
        Task Says() => desk.Decides("county-officer-1", "check666.kin", "Done", new { result = "已备案并核查" });
        await Says();
        Assert.Equal("KinNotFiled", await Problem("check666.kin"));
        var filing = Assert.Single(await desk.List("kin-filings?county=999900&open=true"));
        Assert.Equal("Check666", filing.Text("origin"));
        await desk.Decides("clerk-1", "kin.file", "Filed", new { note = "户籍核实" });
        await Says();
        Assert.Equal("CountySurveyOpen", await Problem("check666.kin"));   // filing alone does not settle it: the county has to go there
        await desk.Decides("county-officer-1", "kin.recheck", "DecisionStands", new { reason = "符合条件", visitedOn = "2026-04-01" });
        await Says();
        Assert.Equal("1", (await Rows())[4].Text("done"));
    }

    private async Task CareIsOrdered()
    {
        Assert.Equal(["bed-0", "bed-1"], (await desk.List("discoveries?county=999900&origin=Check666")).Select(found => found.GetProperty("details").Text("personId")).Order());
        foreach (var task in await desk.Tasks("check666.care"))
            await desk.Decides("clerk-1", task, ("Done", new { result = "已安排" }));
        Assert.Equal("OrderMissing", await Problem("check666.care"));
        Assert.Equal("Open", (await desk.Get(Run)).GetProperty("run").Text("status"));
        foreach (var who in Bedridden)
        {
            await desk.IsConfirmed(who, "nursing", 4);
            foreach (var task in await desk.Tasks("check666.care"))
                await desk.Decides("clerk-1", task, ("Done", new { result = "已下达购买服务订单" }));
            Assert.Equal(who == Bedridden[0] ? ("1", "Open") : ("2", "Closed"), ((await Rows())[0].Text("done"), (await desk.Get(Run)).GetProperty("run").Text("status")));
        }
    }

    private async Task ItIsClosed()
    {
        var actions = (await desk.Get(Run)).GetProperty("actions").EnumerateArray().ToList();
        Assert.Equal(7, actions.Count(action => action.Text("outcome") == "Done"));
        Assert.Equal(2, actions.Count(action => action.Text("kind") == "Care" && action.Text("reference")!.StartsWith("order:", StringComparison.Ordinal)));
        Assert.Equal(2, desk.Told("check666.closed").Count);

        // A check beside the regular one, in which nothing is found where the records show something.
        var ordered = (await desk.Sends("county-officer-1", "checks666", new { townshipCode = "999901" })).Text("runId")!;
        await Checks(1, "Clean");
        Assert.Equal("True", (await desk.Get("checks666/" + ordered)).GetProperty("rows")[0].Text("anomaly"));
        Assert.Single(desk.Told("check666.zero"));
    }

    private async Task Checks(int item, string outcome, params object[] findings)
    {
        var data = (await desk.Get("tasks/" + (await desk.Task("check666.item" + item)).Text("id"))).GetProperty("data").GetProperty("data");
        await desk.Decides("duty-1", "check666.item" + item, outcome, new { @checked = data.GetProperty("sampled").GetInt32(), findings });
    }

    // Why a task was sent back; the newest, where several are open.
    private async Task<string?> Problem(string kind)
    {
        List<string?> problems = [];
        foreach (var task in await desk.Tasks(kind))
            problems.Add((await desk.Get("tasks/" + task.Text("id"))).GetProperty("data").Text("problem"));
        return problems.Find(problem => problem is { Length: > 0 });
    }

    private async Task<JsonElement[]> Rows() => [.. (await desk.Get(Run)).GetProperty("rows").EnumerateArray()];

    private async Task<string[]> Subjects(int item) => [.. (await desk.List($"{Run}/items/{item}/subjects")).Select(subject => $"{subject.Text("personId")} {subject.Text("signal")}")];

    private async Task Enters(ReliefDbContext db, PersonEntry entry, ReliefCategory category)
    {
        await new PersonBook(db, desk.Key).Enter(entry, Seed(entry.Id!), None);
        await db.Insert(new ReliefIdentity
        {
            Id = entry.Id + ":identity", CountyCode = "999900", CreatedAt = On(1, 5), CreatedBy = "seed", PersonId = entry.Id!, Category = category, ValidFrom = new DateOnly(2025, 1, 1), Evidence = "救助登记", Source = "relief-registry"
        }, None);
    }

    private static Deed Seed(string key) => new("seed", On(1, 5), key);

    private static Case CaseOf(string person, ReliefCategory category) => new()
    {
        Id = "case-" + person, CountyCode = "999900", CreatedAt = On(1, 6), CreatedBy = "seed", Number = "C-" + person, PersonId = person, ApplicationId = "none-" + person, Status = CaseStatus.InService,
        AreaCode = "99990101", OwnerUnitId = "township-a", Category = category, OpenedAt = On(1, 6)
    };

    public sealed class OnSqlite : SC31
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC31
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
