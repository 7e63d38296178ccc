using System.Net;
using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-06 and P27 over REST: a relative does not survey, the case is filed separately, and nothing is confirmed before the county has been there.</summary>
[Trait("Proves", "E09")]
public abstract class SC06 : IAsyncLifetime
{
    private static readonly Applicant Zhao = new("赵某某", "F", new DateOnly(1950, 1, 20), "03", "99990101", "Dibao");
    private static readonly object Noted = new { note = "户籍核实" };

    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task The_declared_nephew_is_replaced_the_case_is_filed_and_the_county_surveys_before_anybody_confirms()
    {
        await desk.Applies(Zhao, "home-care");
        await desk.TeamIsSent("surveyor-qian", "zhao-nephew");
        Assert.Empty(desk.Told("survey.appointment"));
        await Team("surveyor-qian", "zhao-nephew");
        Assert.Equal("ConflictOfInterest", (await Shown("survey-team")).Text("problem"));
        await Team("surveyor-qian", "surveyor-zhou");
        Assert.Equal(["person:person-zhao 03-18 09:00", "staff:surveyor-qian 03-18 09:00", "staff:surveyor-zhou 03-18 09:00"], desk.Told("survey.appointment").Order());
        var survey = (await desk.Task("survey")).Text("id");
        await (await desk.Posts("zhao-nephew", $"tasks/{survey}/claim", new { })).Is(HttpStatusCode.Forbidden);

        // The filing: within three working days, never by who is concerned, and what was declared is not denied.
        var filing = Assert.Single(await desk.List("kin-filings?county=999900&open=true"));
        Assert.Equal(("zhao-nephew", "kin", "Survey", EndOf(3, 23)), (filing.Text("staffId"), filing.Text("relation"), filing.Text("origin"), await desk.Due("kin.file")));
        await (await desk.Tries("zhao-nephew", "kin.file", "Filed", Noted)).Is(HttpStatusCode.Forbidden);
        await desk.Decides("clerk-1", "kin.file", "NotKin", Noted);
        Assert.Equal("Declared", (await Shown("kin.file")).Text("problem"));
        await desk.Decides("clerk-1", "kin.file", "Filed", Noted);
        Assert.Equal("Filed", (await desk.Get("kin-filings/" + filing.Text("id"))).Text("status"));
        Assert.Single(desk.Told("kin.filed"));
        await IsSeenBy(filing.Text("id")!);

        await desk.Until(3, 20, 16);
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-zhou"));
        Assert.Contains(KinFlags.CountySurveyDue, await Flags());
        Assert.Empty(await desk.Tasks("approval"));
        await CannotConfirm();
        await desk.Decides("county-officer-1", "county-survey", "Agrees", new { note = "一致" });
        Assert.Equal([KinFlags.KinFiling], await Flags());
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs = await Needs(8) });
        Assert.Contains("CaseConfirmed", await desk.States(), StringComparison.Ordinal);
        var year = await desk.Get("kin-filings/report?county=999900&year=2026");
        Assert.Equal((1, 1, 0, 0), (year.GetProperty("hits").GetInt32(), year.GetProperty("filed").GetInt32(), year.GetProperty("filedLate").GetInt32(), year.GetProperty("open").GetInt32()));
        await desk.IsSound();
    }

    [Fact]
    public async Task Who_declares_during_a_survey_is_replaced_and_what_comes_to_light_after_the_decision_the_county_looks_at_again()
    {
        await desk.Applies(Applicant.Zhang, "home-care");
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        Assert.Equal(0, (await Declares("surveyor-zhou", Zhao.IdNumber)).GetProperty("hits").GetInt32());
        var declared = await Declares("surveyor-sun", Applicant.Zhang.IdNumber);
        Assert.Equal((1, 2026), (declared.GetProperty("hits").GetInt32(), declared.GetProperty("year").GetInt32()));
        Assert.Empty(await desk.Tasks("survey"));
        await Team("surveyor-qian", "surveyor-sun");
        Assert.Equal("ConflictOfInterest", (await Shown("survey-team")).Text("problem"));
        await Team("surveyor-qian", "surveyor-zhou");
        await desk.Decides("clerk-2", "kin.file", "Filed", Noted);
        await desk.Until(3, 20, 16);
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-zhou"));
        await desk.Decides("county-officer-1", "county-survey", "Agrees", new { note = "一致" });
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs = await Needs(8) });

        // Missing when it was decided: the county visits and looks again; who decided does not, nor who is kin.
        await Begins(new { caseId = desk.CaseId, staffId = "clerk-1", relation = "kin", origin = "Complaint", originId = "ticket-9" });
        await (await desk.Tries("clerk-1", "kin.file", "Filed", Noted)).Is(HttpStatusCode.Forbidden);
        await desk.Decides("clerk-2", "kin.file", "Filed", Noted);
        await (await desk.Tries("reviewer-li", "kin.recheck", "DecisionStands")).Is(HttpStatusCode.Forbidden);
        await desk.Decides("county-officer-2", "kin.recheck", "DecisionStands", new { reason = "符合条件", visitedOn = "2026-03-23" });
        var late = Assert.Single(await desk.List("kin-filings?county=999900"), filing => filing.Text("staffId") == "clerk-1");
        Assert.Equal(("DecisionStands", "county-officer-2"), (late.Text("recheck"), late.Text("recheckedBy")));
        var year = await desk.Get("kin-filings/report?county=999900&year=2026");
        Assert.Equal((2, 2, 1, 1), (year.GetProperty("declaredLate").GetInt32(), year.GetProperty("filed").GetInt32(), year.GetProperty("foundAfterDecision").GetInt32(), year.GetProperty("decisionStands").GetInt32()));
        Assert.DoesNotContain(year.GetProperty("missing").EnumerateArray(), staff => staff.GetString() is "surveyor-sun" or "surveyor-zhou");
        await desk.IsSound();
    }

    [Fact]
    public async Task A_complaint_that_is_not_so_leaves_no_flag_and_bad_declarations_are_refused()
    {
        await desk.Applies(Applicant.Zhang, "home-care");
        await Begins(new { caseId = desk.CaseId, staffId = "reviewer-li", relation = "kin", origin = "Complaint" });
        Assert.Equal([KinFlags.CountySurveyDue, KinFlags.KinFiling], await Flags());
        await desk.Until(3, 19, 23);
        Assert.Empty(desk.Told("kin.late"));
        await desk.Until(3, 23, 9);
        Assert.Equal(["unit:999900 03-19 23:59"], desk.Told("kin.late"));
        await desk.Decides("clerk-1", "kin.file", "NotKin", Noted);
        Assert.Empty(await Flags());

        foreach (var wrong in new object[] { new { }, new { relatives = new[] { new { idNumber = "1", relation = "kin" } } }, new { relatives = new[] { new { idNumber = Zhao.IdNumber, relation = "friend" } } } })
            await (await desk.Posts("clerk-1", "kin-declarations", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "kin-declarations", new { relatives = Array.Empty<object>() })).Refuses(HttpStatusCode.Forbidden, "kin.notStaff");
        foreach (var wrong in new object[] { new { caseId = desk.CaseId, staffId = "nobody", relation = "kin", origin = "Task" }, new { caseId = desk.CaseId, staffId = "clerk-1", relation = "kin", origin = "Survey" } })
            await (await desk.Posts("clerk-1", "kin-filings", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts("clerk-1", "kin-filings", new { caseId = "none", staffId = "clerk-1", relation = "kin", origin = "Task" })).Refuses(HttpStatusCode.NotFound, "case.notFound");
        Assert.Equal(0, (await (await desk.Posts("clerk-1", "kin-declarations", new { relatives = Array.Empty<object>() })).Is(HttpStatusCode.OK)).GetProperty("hits").GetInt32());
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private Task Team(string one, string other) =>
        desk.Decides("clerk-1", "survey-team", "Assigned", new { team = new[] { one, other }, mode = "Delegated", appointmentAt = On(3, 20, 15) });

    private async Task<JsonElement> Declares(string staff, string idNumber)
    {
        var answer = await (await desk.Posts(staff, "kin-declarations", new { relatives = new[] { new { idNumber, relation = "kin" } } })).Is(HttpStatusCode.OK);
        await desk.Settles();
        return answer;
    }

    private async Task Begins(object body) => await desk.Sends("clerk-2", "kin-filings", body);

    private async Task<object[]> Needs(decimal quantity) =>
        [.. (await desk.Case()).GetProperty("needs").EnumerateArray().Select(need => new { needItemId = need.Text("id"), quantity, pathways = new[] { "M1" } })];

    private async Task<string[]> Flags() => [.. (await desk.Case()).GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!).Order(StringComparer.Ordinal)];

    private async Task<JsonElement> Shown(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data");

    // The county, the township and who is concerned; not the village.
    private async Task IsSeenBy(string filing)
    {
        foreach (var who in new[] { "county-officer-1", "clerk-2", "zhao-nephew" })
            Assert.Single((await desk.Sees(who, "kin-filings?county=999900")).Items());
        Assert.Empty((await desk.Sees("surveyor-qian", "kin-filings?county=999900")).Items());
        using var village = desk.Host.With(TestHost.AdminKey, "surveyor-qian");
        await (await village.GetAsync("/api/v1/kin-filings/" + filing)).Refuses(HttpStatusCode.NotFound, "kinFiling.notFound");
    }

    // The database itself says no, whoever tries.
    private async Task CannotConfirm()
    {
        var said = await Assert.ThrowsAnyAsync<Exception>(() => desk.Set(async db => await db.Insert(new DecisionRecord
        {
            Id = "forged", CountyCode = "999900", CreatedAt = On(3, 20), CreatedBy = "reviewer-li", CaseId = desk.CaseId, SurveyId = (await new SurveyQueries(db).Valid(desk.CaseId, None))!.Id,
            Outcome = DecisionOutcome.Confirmed, RuleTrace = "[]", RuleVersion = "1", DecidedBy = "reviewer-li", Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 20), IdemKey = "forged"
        }, None)));
        Assert.Contains("E09", said.ToString(), StringComparison.Ordinal);
    }

    public sealed class OnSqlite : SC06
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC06
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
