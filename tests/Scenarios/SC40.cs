using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-40 over REST: somebody without papers is helped by an agent, from the hospital to a decision in the same month, and the agent has no part in the case.</summary>
public abstract class SC40 : IAsyncLifetime
{
    private static readonly Applicant Tao = new("陶某某", "F", new DateOnly(1979, 4, 4), "40", "99990101", "Dibao");

    private ReliefDesk desk = null!;
    private string mandate = "";

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "E19")]
    public async Task Who_has_no_papers_is_helped_to_a_decision_in_the_same_month()
    {
        await AnAgentIsNamed();
        await TheHospitalComesFirst();
        await PapersAreGotten();
        var caseId = await TheAgentApplies();
        await TheMandateEnds();
        await TheAgentHasNoPartInTheSurvey();
        await TheAgentHasNoPartInTheDecision();
        await TheNoticeWaitsForItsApproval();

        await desk.Until(On(3, 21));
        var confirmed = (await desk.Get("cases/" + caseId)).GetProperty("timeline").EnumerateArray().Single(entry => entry.Text("what") == "CaseConfirmed");
        Assert.Equal((3, 20), (confirmed.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).Month, confirmed.GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).Day));
        Assert.Contains("AppliedOnBehalf agent-jiang 03-10", await desk.Audit("case:" + caseId));
        await desk.IsSound();
    }

    [Fact]
    public async Task The_town_reviews_after_15_working_days_and_a_mandate_ends_with_its_term()
    {
        await Asks();
        await Assigned();
        await Given("2026-03-31", "Hukou");
        await desk.Until(On(3, 24));
        Assert.Equal(["unit:999901 03-23 23:59"], desk.Told("agent.review"));
        await desk.Decides("agent-lead-2", "agent.review", "Continue");
        Assert.Empty(await desk.Tasks("agent.review"));

        await desk.Until(On(4, 1));
        Assert.Empty(await desk.Tasks("agent.errand"));
        Assert.Equal(["person:station-17 03-31 23:59", "unit:999901 03-31 23:59", "unit:99990101 03-31 23:59"], desk.Told("agent.ended").Order(StringComparer.Ordinal));
        await desk.Decides("agent-jiang", "agent.handOver", "Handed", new { receipt = "originals-1" });
        Assert.Equal(("Ended", "Expired", "originals-1"), await End());
        await desk.IsSound();
    }

    [Fact]
    public async Task A_revoked_mandate_ends_at_once_and_opens_nothing_any_more()
    {
        await Asks();
        await Assigned();
        await Given("2026-06-30", "Hukou", "BankCard");
        await desk.Event($"mandate:{mandate}:over", new { });   // who only says so ends nothing
        await Errand("Hukou", "Done", new { receipt = "hukou-1" });
        await Errand("BankCard", "Done", new { receipt = "card-1", keptBy = "Agent" });
        Assert.Equal("AgentMayNotKeepIt", (await Shown("agent.errand")).Text("problem"));

        await desk.Sends("agent-lead-1", $"mandates/{mandate}/revoke", new { reason = "本人撤销" });
        Assert.Equal(("Ended", "Revoked", null), await End());
        Assert.Empty(await desk.Tasks("agent.errand"));
        await (await desk.Posts("agent-lead-1", $"mandates/{mandate}/revoke", new { reason = "本人撤销" })).Refuses(HttpStatusCode.Conflict, "mandate.ended");
        await (await Applies("agent-jiang")).Refuses(HttpStatusCode.Conflict, "mandate.notOpen");
        await (await desk.Posts("agent-jiang", $"mandates/{mandate}/paper-links", new { kinds = new[] { "hukou" } })).Refuses(HttpStatusCode.Conflict, "mandate.notOpen");
        await desk.Decides("agent-jiang", "agent.handOver", "Handed", new { receipt = "originals-2" });
        Assert.Equal(("Ended", "Revoked", "originals-2"), await End());
        await desk.IsSound();
    }

    [Fact]
    public async Task Who_has_surveyed_a_person_is_not_their_agent()
    {
        await desk.IsConfirmed(new Applicant("王某某", "F", new DateOnly(1968, 8, 2), "02", "99990102", "Margin"), "home-care", 4);
        await IsAlso("village-worker-2", ReliefRoles.Agent);
        await Asks(desk.CaseId);
        await desk.Decides("agent-lead-1", "agent.assign", "Assigned", new { agentId = "village-worker-2" });
        Assert.Equal("ConflictOfInterest", (await Shown("agent.assign")).Text("problem"));
        await (await desk.Posts(null, "mandates", new { countyCode = "999900", areaCode = "99990101", personRef = "13800000000", wording = "x" }))
            .Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "mandates", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(3, 2));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task AnAgentIsNamed()
    {
        await Asks();
        Assert.Equal(EndOf(3, 3), await desk.Due("agent.assign"));
        await desk.Decides("agent-lead-1", "agent.assign", "Assigned", new { agentId = "surveyor-qian" });
        Assert.Equal("NotAnAgent", (await Shown("agent.assign")).Text("problem"));
        await Assigned();
        Assert.Equal(["person:relative-tao 03-02 09:00", "person:station-17 03-02 09:00"], desk.Told("agent.named").Order(StringComparer.Ordinal));
        Assert.Equal(EndOf(3, 3), await desk.Due("agent.mandate"));
        await Given("2026-06-30", "Forms", "Hukou", "IdCard", "Hospital");
    }

    private async Task TheHospitalComesFirst()
    {
        Assert.Equal("Hospital", (await Shown("agent.errand")).GetProperty("data").Text("kind"));
        await desk.Decides("agent-jiang", "agent.errand", "Done", new { receipt = "admission-9" });
        Assert.Equal("LegalGroundMissing", (await Shown("agent.errand")).Text("problem"));
        await desk.Decides("agent-jiang", "agent.errand", "Done", new { receipt = "admission-9", ground = "FoundWithoutSupport", groundReference = "station-report-9" });
        Assert.Equal(3, (await desk.Tasks("agent.errand")).Length);   // side by side now
        await Errand("Hukou", "Blocked", new { reason = "原户籍地不明" });
        Assert.Equal(["unit:999901 03-02 09:00", "unit:99990101 03-02 09:00"], desk.Told("agent.blocked").Order(StringComparer.Ordinal));
        await desk.Decides("agent-lead-1", "agent.blocked", "Again");
        await desk.Until(On(3, 9, 10));
        Assert.Equal(["staff:agent-jiang 03-09 09:00", "unit:999901 03-09 09:00", "unit:99990101 03-09 09:00"], desk.Told("agent.weekly").Order(StringComparer.Ordinal));
    }

    private async Task PapersAreGotten()
    {
        await (await desk.Posts("surveyor-qian", $"mandates/{mandate}/paper-links", new { kinds = new[] { "kinship" } })).Refuses(HttpStatusCode.Forbidden, "mandate.notTheAgent");
        var link = await (await desk.Posts("agent-jiang", $"mandates/{mandate}/paper-links", new { kinds = new[] { "kinship" } })).Is(HttpStatusCode.Created);
        var address = link.Text("address")!;
        using var relative = desk.Stranger;
        Assert.Equal("kinship", (await (await relative.GetAsync(address)).Is(HttpStatusCode.OK)).GetProperty("kinds")[0].GetString());
        await (await relative.PostAsJsonAsync(address, new { papers = new[] { new { kind = "other", documentHash = "sha256:1" } } })).Refuses(HttpStatusCode.UnprocessableEntity, "paperLink.incomplete");
        object papers = new { papers = new[] { new { kind = "kinship", documentHash = "sha256:1" } } };
        await (await relative.PostAsJsonAsync(address, papers)).Is(HttpStatusCode.OK);
        await (await relative.PostAsJsonAsync(address, papers)).Refuses(HttpStatusCode.Conflict, "paperLink.used");
        await (await relative.GetAsync(address[..^1] + "x")).Refuses(HttpStatusCode.NotFound, "paperLink.unknown");
        foreach (var kind in new[] { "IdCard", "Hukou", "Forms" })
            await Errand(kind, "Done", new { receipt = kind + "-9" });
        Assert.Equal("Hospital Hukou IdCard Forms", string.Join(' ', (await View()).GetProperty("errands").EnumerateArray().Select(errand => errand.Text("kind"))));
    }

    private async Task<string> TheAgentApplies()
    {
        await desk.Until(On(3, 10));
        await desk.Know(Tao, ReliefCategory.TemporaryRelief, (ConditionKind.Mental, null));
        await IsPolicy("economicCheck.required", "true");
        await IsPolicy("notice.preDecision", "7");
        await desk.Decides("agent-jiang", "agent.apply", "Applied", new { readBack = "video-9", readBackBy = "VillageCommittee" });
        Assert.Equal("NoApplication", (await Shown("agent.apply")).Text("problem"));
        await (await Applies("surveyor-qian")).Refuses(HttpStatusCode.Forbidden, "mandate.notTheAgent");
        var taken = await (await Applies("agent-jiang")).Is(HttpStatusCode.Accepted);
        await desk.Settles();
        await desk.Decides("agent-jiang", "agent.apply", "Applied", new { readBack = "video-9", readBackBy = "VillageCommittee" });
        return taken.Text("caseId")!;
    }

    private async Task TheMandateEnds()
    {
        await desk.Decides("agent-jiang", "agent.handOver", "Handed", new { receipt = "originals-9" });
        Assert.Equal(("Ended", "Done", "originals-9"), await End());
    }

    private async Task TheAgentHasNoPartInTheSurvey()
    {
        await IsAlso("agent-jiang", ReliefRoles.VillageWorker);
        await IsAlso("agent-jiang", ReliefRoles.TownshipReviewer);
        await desk.Decides("clerk-1", "completeness", "Complete");
        await desk.Decides("clerk-2", "classify", "Classified");
        await Team("agent-jiang");
        await Team("surveyor-qian");
        await desk.Until(On(3, 12, 16));
        await (await desk.Tries("agent-jiang", "survey", "Submit", Signed("agent-jiang", "surveyor-sun", at: On(3, 12, 15)))).Refuses(HttpStatusCode.Forbidden, "task.conflictOfInterest");
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-sun", at: On(3, 12, 15)));
        // The centre has no address here: people check by hand at once.
        await desk.Decides("clerk-1", "fallback-econ", "Completed", new { result = "Pass", proof = "核对报告-9" });
    }

    private async Task TheAgentHasNoPartInTheDecision()
    {
        await desk.Until(On(3, 13));
        var needs = (await Shown("approval")).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity = 4, pathways = new[] { "M1" } }).ToArray();
        await (await desk.Tries("agent-jiang", "approval", "Approved", new { needs })).Refuses(HttpStatusCode.Forbidden, "task.excluded");
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs });
    }

    private async Task TheNoticeWaitsForItsApproval()
    {
        Assert.Empty(desk.Told("notice.up"));
        var shown = await Shown("notice.approve");
        Assert.Equal("category Dibao, name 陶某某, until 2026-03-20, village 一村", string.Join(", ", shown.EnumerateObject().Select(field => $"{field.Name} {field.Value}").Order(StringComparer.Ordinal)));
        await desk.Decides("township-reviewer-1", "notice.approve", "Approved");
        Assert.Equal(["unit:99990101 03-13 09:00"], desk.Told("notice.up"));
    }

    private async Task Asks(string? caseId = null)
    {
        var asked = await desk.Sends(null, "mandates", new
        {
            countyCode = "999900", areaCode = "99990101", personRef = "station-17", relativeRef = "relative-tao", wording = "救助站送返，无证件，无法自行办理", caseId
        });
        mandate = asked.Text("mandateId")!;
    }

    private Task Assigned() => desk.Decides("agent-lead-1", "agent.assign", "Assigned", new { agentId = "agent-jiang" });

    private Task Given(string validTo, params string[] scope) =>
        desk.Decides("agent-jiang", "agent.mandate", "Given", new { givenBy = "VillageCommittee", form = "Written", evidence = "mandate-9", scope, validTo });

    private Task Team(string one) =>
        desk.Decides("clerk-1", "survey-team", "Assigned", new { team = new[] { one, "surveyor-sun" }, mode = "Delegated", appointmentAt = On(3, 12, 15) });

    private Task<HttpResponseMessage> Applies(string by) => desk.Posts(by, "intake/applications", new
    {
        countyCode = "999900", channel = "pingyiban", applicantName = Tao.Name, category = Tao.Category, itemCodes = new[] { "home-care" }, wording = "需要照料",
        papers = new[] { "application-form", "consent" }, consentVersion = "2026-1", mandateId = mandate,
        person = new { idNumber = Tao.IdNumber, name = Tao.Name, sex = Tao.Sex, birthDate = Tao.Birth, areaCode = Tao.Village }
    });

    private async Task IsPolicy(string key, string value)
    {
        using var admin = desk.Board;
        await (await admin.PutAsJsonAsync("/api/v1/parameters/" + key, new { areaCode = "99990101", value, validFrom = "2026-03-01", basis = "示例民发〔2026〕9号" })).Is(HttpStatusCode.OK);
    }

    private Task IsAlso(string staff, string role) => desk.Set(db => db.Insert(
        new StaffRole { Id = $"{staff}-{role}", StaffId = staff, Role = role, AreaCode = "999901", ValidFrom = new DateOnly(2026, 1, 1) }, None));

    private async Task<JsonElement> Shown(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data");

    // The agent decides one of the errands that stand side by side.
    private async Task Errand(string kind, string outcome, object data)
    {
        foreach (var task in await desk.Tasks("agent.errand"))
        {
            if ((await desk.Get("tasks/" + task.Text("id"))).GetProperty("data").GetProperty("data").Text("kind") == kind)
            {
                await (await desk.Posts("agent-jiang", $"tasks/{task.Text("id")}/complete", new { outcome, data })).Is(HttpStatusCode.OK);
                await desk.Settles();
                return;
            }
        }

        Assert.Fail($"no errand {kind}");
    }

    private Task<JsonElement> View() => desk.Get("mandates/" + mandate);

    private async Task<(string? Status, string? Reason, string? HandedOver)> End()
    {
        var row = (await View()).GetProperty("mandate");
        return (row.Text("status"), row.Text("endReason"), row.Text("handedOver"));
    }

    public sealed class OnSqlite : SC40
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC40
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
