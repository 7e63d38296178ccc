using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-32 over REST: a costly illness that no rule fits is escalated to ten units; six are too few, nine decide, and 122 200 yuan are found and followed to their end.</summary>
public abstract class SC32 : IAsyncLifetime
{
    private static readonly Applicant Kong = new("孔某某", "M", new DateOnly(1996, 6, 6), "50", "99990102", "Margin");
    private static readonly string[] Units = ["county-bureau", "dept-health", "dept-labour", "CH-1", "union", "insurance", "red-cross", "education", "housing", "justice"];

    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;
    private string id = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task A_costly_illness_is_discussed_by_ten_units_and_followed_to_its_end()
    {
        await IsEscalated();
        await IsAdmitted();
        await SixAreTooFew();
        await NineVote();
        await MeasuresAreResolved();
        await TheCaseGoesOn();
        await MeasuresAreFollowed();
        await APrecedentIsKept();
        await desk.IsSound();
    }

    [Fact]
    public async Task A_conference_is_asked_for_in_the_situations_of_the_list_and_may_be_refused()
    {
        await (await desk.Posts(null, "conferences", new { countyCode = "999900", situation = "Whatever", because = "x" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "conferences", new { countyCode = "999900", caseId = "x", situation = "Systemic", because = "x" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "conferences", new { caseId = "x", situation = "Systemic", because = "x" })).Refuses(HttpStatusCode.NotFound, "case.notFound");
        var asked = await desk.Sends("county-officer-2", "conferences", new { countyCode = "999900", situation = "Systemic", because = "多户同类困难" });
        await desk.Decides("county-officer-1", "conference.request", "Refused", new { reason = "可按现行政策办理" });
        var over = (await desk.Get("conferences/" + Guid.Parse(asked.Text("instanceId")!).ToString("N"))).GetProperty("conference");
        Assert.Equal(("Refused", "可按现行政策办理", "county-officer-2"), (over.Text("status"), over.Text("reason"), over.Text("createdBy")));
        Assert.Empty(await desk.List("conferences?county=999900&open=true"));
        await (await desk.Host.Client.GetAsync("/api/v1/conferences/nothing")).Refuses(HttpStatusCode.NotFound, "conference.notFound");
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(On(6, 1));
        await desk.Know(Kong, ReliefCategory.Margin);
        await desk.Set(async db =>
        {
            foreach (var unit in Units.Skip(1))
            {
                if (!await db.Holds<Organisation>(unit, None))
                    await db.Insert(new Organisation { Id = unit, CountyCode = "999900", Kind = OrganisationKind.Department, AreaCode = "999900", Name = "示例" + unit }, None);
                await db.Insert(new StaffMember { Id = "lead-" + unit, CountyCode = "999900", Name = "某某", UnitId = unit, AreaCode = "999900", Active = true }, None);
                await db.Insert(new StaffRole { Id = "lead-" + unit, StaffId = "lead-" + unit, Role = ReliefRoles.LeadingGroup, AreaCode = "999900", ValidFrom = new DateOnly(2026, 1, 1) }, None);
            }
        });
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task IsEscalated()
    {
        string[] team = ["village-worker-2", "surveyor-sun"];
        await desk.Applies(Kong, "nursing");
        await desk.Decides("clerk-1", "completeness", "Complete");
        await desk.Decides("clerk-2", "classify", "Classified");
        await desk.Decides("clerk-1", "survey-team", "Assigned", new { team, mode = "Delegated", appointmentAt = On(6, 1, 9, 30) });
        await desk.Until(On(6, 1, 10));
        await desk.Decides(team[0], "survey", "Submit", Signed(team[0], team[1], at: On(6, 1, 9, 30)));
        await desk.Decides("reviewer-li", "approval", "Escalated", new { reasonCode = "NoPolicyFits", reasons = "情况属实,现行政策均不符合" });
        Assert.Contains("ConferenceOpen", (await desk.Case()).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        id = (await desk.List("conferences?county=999900&open=true")).Single().Text("id")!;
        Assert.Equal(EndOf(6, 3), await desk.Due("conference.request"));
    }

    private async Task IsAdmitted()
    {
        await Admits("UnitsInvalid", Units[..2]);
        await Admits("UnitUnknown", [.. Units, "nobody"]);
        await Admits("UnitCannotVote", [.. Units, "PV-B"]);
        await Admits(null, Units);
        Assert.Equal(EndOf(6, 15), await desk.Due("conference.open"));   // ten working days
        Assert.Equal(10, desk.Told("conference.invited").Count);
    }

    private async Task Admits(string? problem, string[] units)
    {
        await desk.Decides("county-officer-1", "conference.request", "Admitted", new { situation = "SuddenExpense", level = "District", units, rule = "Majority" });
        if (problem is not null)
            Assert.Equal(problem, (await desk.Get("tasks/" + (await desk.Task("conference.request")).Text("id"))).GetProperty("data").Text("problem"));
    }

    private async Task SixAreTooFew()
    {
        await Say(6);
        var view = await View();
        Assert.Equal((7, 10), (view.GetProperty("tally").GetProperty("quorum").GetInt32(), view.GetProperty("tally").GetProperty("invited").GetInt32()));
        Assert.Equal((2, "Admitted"), (view.GetProperty("conference").GetProperty("convening").GetInt32(), view.GetProperty("conference").Text("status")));
        Assert.Equal(EndOf(6, 8), await desk.Due("conference.open"));   // convened once more in five working days
    }

    private async Task NineVote()
    {
        await desk.Until(On(6, 4));
        await Say(9);
        var votes = await Each("conference.vote");
        Assert.Equal(9, votes.Count);
        await (await desk.Posts("lead-justice", $"tasks/{votes["union"]}/complete", new { outcome = "Yes", data = new { } })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        foreach (var (unit, task) in votes)
            await Does(unit, task, unit == "housing" ? "Abstain" : "Yes");
        var change = await desk.Posts("lead-union", $"tasks/{votes["union"]}/complete", new { outcome = "No", data = new { } });
        Assert.Equal(HttpStatusCode.Conflict, change.StatusCode);   // a vote is not changed
        var view = await View();
        Assert.Equal("8 0 1 Passed", string.Join(' ', new[] { "yes", "no", "abstained", "outcome" }.Select(part => view.GetProperty("tally").Text(part))));
        Assert.Equal(9, view.GetProperty("votes").GetArrayLength());
    }

    private async Task MeasuresAreResolved()
    {
        await Resolves("AboveAuthority", Measure("county-bureau", 10_001, "F2-2026"));
        await Resolves("DueInvalid", Measure("union", 14_200) with { DueOn = "2026-07-05" });
        await Resolves("UnitNotThere", Measure("justice", 1));
        await Resolves("FundNotForThis", Measure("county-bureau", 10_000, "F4-2026"));
        await Resolves(null, Measure("county-bureau", 10_000, "F2-2026"), Measure("union", 14_200), Measure("CH-1", 10_000), Measure("insurance", 28_000), Measure("red-cross", 60_000) with { DueOn = "2026-06-20" });
        var measures = (await View()).GetProperty("measures").EnumerateArray().ToList();
        Assert.Equal(122_200m, measures.Sum(measure => measure.GetProperty("amount").GetDecimal()));
        Assert.Equal(["county-bureau F2-2026"], measures.Where(measure => measure.Text("accountId") is { Length: > 0 }).Select(measure => $"{measure.Text("unitCode")} {measure.Text("accountId")}"));
        Assert.Equal((10_000m, 0m, 70_000m), await money.Holds("F2-2026"));
    }

    private async Task Resolves(string? problem, params MeasureLine[] measures)
    {
        await desk.Decides("county-officer-1", "conference.resolution", "Resolved", new { measures });
        if (problem is not null)
            Assert.Equal(problem, (await desk.Get("tasks/" + (await desk.Task("conference.resolution")).Text("id"))).GetProperty("data").Text("problem"));
    }

    /// <summary>The conference recommends; the review decides.</summary>
    private async Task TheCaseGoesOn()
    {
        Assert.DoesNotContain("ConferenceOpen", (await desk.Case()).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        Assert.Single(await desk.Tasks("approval"));
        Assert.Single(desk.Told("conference.ended"), told => told.StartsWith("person:", StringComparison.Ordinal));
    }

    private async Task MeasuresAreFollowed()
    {
        await desk.Until(On(6, 15));
        var tasks = await Each("conference.measure");
        await (await desk.Tries("leader-1", "conference.payment", "Done", new { result = "x" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await desk.Decides("county-finance-1", "conference.payment", "Done", new { result = "bank-900" });
        foreach (var unit in new[] { "union", "CH-1", "insurance" })
            await Does(unit, tasks[unit], "Done", new { result = "已拨付" });
        Assert.Equal((0m, 10_000m, 70_000m), await money.Holds("F2-2026"));
        Assert.Empty(desk.Told("conference.overdue"));
        await desk.Until(On(6, 21));
        Assert.Equal("Overdue", await Status("red-cross"));
        Assert.Equal(["unit:999900 06-20 23:59", "unit:red-cross 06-20 23:59"], desk.Told("conference.overdue").Order(StringComparer.Ordinal));
        await Does("red-cross", tasks["red-cross"], "Done", new { result = "已拨付" });
        Assert.Equal("Done", await Status("red-cross"));
    }

    private async Task APrecedentIsKept()
    {
        await desk.Until(On(7, 23));
        await desk.Decides("county-officer-1", "conference.review", "Precedent", new { lesson = "大病支出由多方合力" });
        var kept = Assert.Single(await desk.List("conferences/precedents?county=999900&situation=SuddenExpense"));
        Assert.Equal((id, "Closed", "大病支出由多方合力"), (kept.Text("id"), kept.Text("status"), kept.Text("precedent")));
        Assert.Equal(64, kept.Text("minutesHash")!.Length);
    }

    private async Task Say(int present)
    {
        foreach (var (unit, task) in await Each("conference.opinion"))
            await Does(unit, task, Array.IndexOf(Units, unit) < present ? "Present" : "Absent", new { policy = "政策依据", upTo = unit == "county-bureau" ? 10_000 : 60_000 });
    }

    private async Task Does(string unit, string task, string outcome, object? data = null)
    {
        await (await desk.Posts(unit == "county-bureau" ? "leader-1" : "lead-" + unit, $"tasks/{task}/complete", new { outcome, data = data ?? new { } })).Is(HttpStatusCode.OK);
        await desk.Settles();
    }

    /// <summary>The open tasks of a kind by their units.</summary>
    private async Task<Dictionary<string, string>> Each(string kind)
    {
        Dictionary<string, string> found = [];
        foreach (var task in await desk.Tasks(kind))
        {
            var data = (await desk.Get("tasks/" + task.Text("id"))).GetProperty("data");
            found[data.Text("unit") ?? data.Text("unitCode")!] = task.Text("id")!;
        }

        return found;
    }

    private Task<JsonElement> View() => desk.Get("conferences/" + id);

    private async Task<string?> Status(string unit) => (await View()).GetProperty("measures").EnumerateArray().Single(measure => measure.Text("unitCode") == unit).Text("status");

    private static MeasureLine Measure(string unit, int amount, string? account = null) => new(unit, "救助", amount, "2026-06-30", account);

    private sealed record MeasureLine(string UnitCode, string What, int Amount, string DueOn, string? AccountId);

    public sealed class OnSqlite : SC32
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC32
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
