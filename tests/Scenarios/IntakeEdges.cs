using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Pathways;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Edge cases over REST that no scenario plays (workflows.md 3.0.6), until a case is decided: duplicates, lateness, danger, refusal, an emergency.</summary>
public abstract class IntakeEdges(StorageKind kind) : IAsyncLifetime
{
    private static readonly string[] Team = ["surveyor-qian", "surveyor-sun"];

    private ReliefDesk desk = null!;

    [Fact]
    [Trait("Proves", "E07")]
    public async Task Two_files_of_one_person_are_merged_by_two_people_and_a_doubt_merges_nothing()
    {
        await desk.Applies(Applicant.Zhang, "home-care");
        var first = desk.CaseId;
        await desk.Applies(Applicant.Zhang with { Serial = "91" }, "cleaning");   // the same name, birthday and village, another number
        var second = desk.CaseId;
        Assert.Equal(EndOf(3, 19), await desk.Due("merge-review"));
        await desk.Decides("township-reviewer-1", "merge-review", "Same", new { caseId = "nothing" });
        await desk.Decides("township-reviewer-1", "merge-review", "Same", new { caseId = first });
        Assert.Equal("Submitted", await desk.Status());   // one person merges nothing
        await (await desk.Tries("township-reviewer-1", "merge-review", "Same", new { caseId = first })).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("reviewer-li", "merge-review", "Same", new { caseId = first });

        var merged = (await desk.Case()).GetProperty("case");
        Assert.Equal(("Closed", "Duplicate"), (merged.Text("status"), merged.Text("closedReason")));
        Assert.Equal(["MergeReviewed reviewer-li 03-16", "MergeReviewed township-reviewer-1 03-16"], (await desk.Audit("case:" + second)).Where(line => line.StartsWith("MergeReviewed", StringComparison.Ordinal)).Order());
        Assert.Contains("cleaning", (await desk.Get("cases/" + first)).GetProperty("needs").EnumerateArray().Select(need => need.Text("itemCode")));
        Assert.Single(desk.Told("intake.attached"));

        await desk.Applies(Applicant.Zhang with { Serial = "92" }, "meal");
        await desk.Decides("township-reviewer-1", "merge-review", "Same", new { caseId = first });
        await desk.Decides("reviewer-li", "merge-review", "Different");
        Assert.Equal("Submitted", await desk.Status());
        await desk.Applies(Applicant.Zhang, "meal");   // the number itself: no question
        Assert.Empty(await desk.Tasks("merge-review"));
        Assert.Equal(2, desk.Told("intake.attached").Count);
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E15")]
    [Trait("Proves", "E19")]
    public async Task What_is_late_is_told_counted_and_never_decided_by_time_and_late_papers_bring_an_offer_of_help()
    {
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.Until(On(3, 18));
        Assert.Equal(2, desk.Told("task.reminder").Count);
        Assert.Equal(["unit:999900 03-17 23:59"], desk.Told("task.overdue"));
        await (await desk.Posts(null, "stuck/look", new { })).Is(HttpStatusCode.OK);
        Assert.Equal("procedure.intake", Assert.Single(await desk.List("stuck?code=K14")).GetProperty("finding").Text("definitionId"));
        Assert.Equal("999901 1 0 1", await Lateness());
        await desk.Decides("clerk-1", "completeness", "Incomplete", new { missing = new[] { "id-copy" } });
        Assert.Equal("999901 1 1 0", await Lateness());

        await desk.Until(On(4, 2));   // ten working days are over: help is offered, nothing is refused
        Assert.Equal(("SupplementRequested", EndOf(4, 7)), (await desk.Status(), await desk.Due("supplement-help")));
        Assert.Single(desk.Told("intake.supplementHelp"));
        await desk.Decides("clerk-1", "supplement-help", "Wanted");
        var help = Assert.Single(await desk.List("mandates?county=999900&open=true"));
        Assert.Equal((desk.CaseId, "99990101", "Asked"), (help.Text("caseId"), help.Text("areaCode"), help.Text("status")));
        Assert.Single(await desk.Tasks("agent.assign"));
        await desk.Until(On(4, 9));   // after the offer's own deadline
        await desk.Event("supplement:" + desk.ApplicationId, new { papers = new[] { "id-copy" } });
        Assert.Equal("Submitted", await desk.Status());
        await desk.Decides("clerk-1", "completeness", "Complete");

        await desk.Applies(Applicant.Wang, "nursing");
        await desk.Decides("clerk-1", "completeness", "Incomplete", new { missing = new[] { "id-copy" } });
        await desk.Until(On(4, 24));
        await desk.Decides("clerk-1", "supplement-help", "Declined", new { note = "本人自行办理" });
        Assert.Equal("Closed", await desk.Status());
        Assert.Single(desk.Told("intake.notAccepted"));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E01")]
    [Trait("Proves", "E18")]
    public async Task Danger_to_somebody_is_reported_at_once_and_a_free_refusal_stays_on_offer_for_thirty_days()
    {
        await IsSurveyed();
        await desk.Decides(Team[0], "survey", "Safeguarding", new { note = "老人身上有伤" });
        Assert.Equal((On(3, 18, 13), "unit:999900 03-18 09:00"), (await desk.Due("safeguarding"), desk.Told("task.overdue")[^1]));
        Assert.Contains("Safeguarding", (await desk.Case()).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));
        await (await desk.Tries("county-officer-1", "safeguarding", "Reported")).Is(HttpStatusCode.UnprocessableEntity);
        await desk.Decides("county-officer-1", "safeguarding", "Reported", new { authority = "公安机关", reference = "110-7" });
        Assert.Contains("SafeguardingReported county-officer-1 03-18", await desk.Audit("case:" + desk.CaseId));

        await IsRefused();
        await desk.Decides("reviewer-li", "refusal-review", "Safeguarding", new { concern = "子女阻拦" });
        await desk.Decides("county-officer-1", "safeguarding", "Reported", new { authority = "公安机关", reference = "110-8", alleged = "Guardian" });
        Assert.Contains(await desk.Audit("person:" + (await desk.Case()).GetProperty("case").Text("personId")), line => line.StartsWith("GuardianAlleged county-officer-1", StringComparison.Ordinal));
        await IsRefused();
        await desk.Decides("reviewer-li", "refusal-review", "Respected", new { refusedBy = "Guardian", capacity = "无", reason = "不愿他人上门", witness = "村委主任" });
        Assert.Equal("GuardianAlleged", (await Shown("safeguarding")).Text("guardian"));   // it does not count: the county reports it (E10)
        await desk.Decides("county-officer-1", "safeguarding", "Reported", new { authority = "公安机关", reference = "110-9" });
        await IsRefused();
        await IsNotTold((await desk.Case()).GetProperty("case").Text("personId")!);
        await (await desk.Tries("reviewer-li", "refusal-review", "Respected", new { witness = "村委" })).Is(HttpStatusCode.UnprocessableEntity);
        await desk.Decides("reviewer-li", "refusal-review", "Respected", Free);
        await desk.Until(On(4, 10));
        Assert.Equal("Surveying", await desk.Status());
        await desk.Decides("clerk-1", "refusal-offer", "Wanted");

        await IsRefused();
        Assert.Null(desk.NotTold[^1]);
        await desk.Decides("reviewer-li", "refusal-review", "Respected", Free);
        await desk.Until(On(5, 11));
        var closed = (await desk.Case()).GetProperty("case");
        Assert.Equal(("Closed", "Refused"), (closed.Text("status"), closed.Text("closedReason")));
        await desk.Applies(Applicant.Zhang, "home-care");   // again at any time
        Assert.Equal("Submitted", await desk.Status());
        await desk.IsSound();
    }

    // E10: the gateway is told whom not to tell, until another officer than the one who reported it has found that the allegation was wrong.
    private async Task IsNotTold(string person)
    {
        Assert.Null(desk.NotTold[0]);
        Assert.Equal("guardian", desk.NotTold[^1]);
        var address = $"persons/{person}/guardian-clearances";
        var finding = new { reference = "公安-8", reason = "经查不实" };
        foreach (var bad in new object[] { new { }, new { finding.reference, reason = " " }, new { reference = "999999194705120001", finding.reason } })
            await (await desk.Posts("county-officer-2", address, bad)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("county-officer-2", "persons/nobody/guardian-clearances", finding)).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await (await desk.Posts("county-officer-1", address, finding)).Refuses(HttpStatusCode.Forbidden, "guardian.samePerson");
        await (await desk.Posts("county-officer-2", address, finding)).Is(HttpStatusCode.NoContent);
        await (await desk.Posts("county-officer-2", address, finding)).Refuses(HttpStatusCode.Conflict, "guardian.notAlleged");
        Assert.Contains(await desk.Audit("person:" + person), line => line.StartsWith("GuardianCleared county-officer-2", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Proves", "E24")]
    public async Task An_emergency_lets_surveys_be_made_from_afar_and_rechecks_wait_until_it_ends()
    {
        await desk.Set(db => ServedOrders.Of(db, "person-hua", ReliefCategory.Dibao, "PV-A", "cleaning"));   // accepted on 16 March
        await desk.Sends("operator-1", "recipients/watch", new { countyCode = "999900" });
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.Decides("clerk-1", "completeness", "Complete");
        await desk.Decides("clerk-2", "classify", "Classified");
        await IsAssigned("Remote");
        Assert.Equal("RemoteNotAllowed", (await Shown("survey-team")).Text("problem"));
        await Sets("emergency.mode", "true", "2026-03-17");
        await Sets("eligibility.recheck", "1", "2026-03-17");
        await desk.Until(On(3, 17));
        await IsAssigned("Remote");
        await desk.Until(On(3, 18, 16));
        await desk.Decides(Team[0], "survey", "Submit", new
        {
            signatures = Team.Select((staff, at) => new { staffId = staff, signedAt = On(3, 18, 15, at * 2), device = "phone-" + at }), failedIndicators = new[] { "bathing" }, opinion = "Recommended", familySigner = "本人"
        });
        Assert.Equal("InReview", await desk.Status());   // without photos: nobody was there

        await desk.Until(On(4, 20));
        Assert.Empty(await desk.List("persons/person-hua/changes"));
        await Sets("emergency.mode", "false", "2026-04-21");
        await desk.Until(On(4, 21));
        var recheck = Assert.Single(await desk.List("persons/person-hua/changes"));
        Assert.Equal(("Recheck", "2026-04-16"), (recheck.Text("kind"), recheck.Text("seenOn")));
        Assert.Equal(["ParameterSet county-officer-1 03-16", "ParameterSet county-officer-1 04-20"], await desk.Audit("parameter:emergency.mode"));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await ReliefDesk.On(kind);
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static object Free => new { refusedBy = "Person", capacity = "完全", reason = "不愿他人上门", witness = "村委主任" };

    private async Task IsSurveyed()
    {
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.TeamIsSent(Team[0], Team[1]);
    }

    private async Task IsRefused()
    {
        await IsAssigned("Delegated");
        await desk.Decides(Team[0], "survey", "RefusedEntry", new { note = "不愿开门" });
    }

    private async Task IsAssigned(string mode) => await desk.Decides("clerk-1", "survey-team", "Assigned", new { team = Team, mode, appointmentAt = (await desk.Get("clock")).GetProperty("now").GetDateTimeOffset().AddDays(1) });

    private async Task<JsonElement> Shown(string task) => (await desk.Get("tasks/" + (await desk.Task(task)).Text("id"))).GetProperty("data");

    private async Task<string> Lateness() => string.Join(", ", (await desk.List("tasks/lateness?from=2026-03-17&to=2026-03-17"))
        .Select(unit => $"{unit.Text("unit")} {unit.GetProperty("due")} {unit.GetProperty("doneLate")} {unit.GetProperty("openLate")}"));

    private async Task Sets(string key, string value, string from)
    {
        using var client = desk.Host.With(TestHost.AdminKey, "county-officer-1");
        await (await client.PutAsJsonAsync("/api/v1/parameters/" + key, new { areaCode = "999900", value, validFrom = from, basis = "示例应急〔2026〕3号" })).Is(HttpStatusCode.OK);
    }

    public sealed class OnSqlite() : IntakeEdges(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : IntakeEdges(StorageKind.PostgreSql);
}
