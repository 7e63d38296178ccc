using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Activities;

/// <summary>SC-01 up to its decision, SC-06, SC-07, SC-08 and SC-11 by the activities themselves, on real records.</summary>
public abstract class ApplicationToDecisionTests(StorageKind kind) : ReliefTest(kind)
{
    private Stage stage = null!;
    private string applicationId = "", caseId = "";

    [Fact]
    public async Task Zhang_is_confirmed_with_the_dates_of_the_scenario()
    {
        await Applies("person-zhang", "home-care", "cleaning");
        await Accepted();
        Assert.Equal(EndOf(4, 14), await DecisionDue());

        stage.Now = At(3, 17, 9);
        await Registered();
        stage.Now = At(3, 18, 9);
        var team = await TeamAssigned("surveyor-qian", "surveyor-sun");
        Assert.Equal(EndOf(3, 19), stage.DueOf<AssignSurveyTeam>());
        var survey = await Surveying(team);
        Assert.Contains(stage.Notices, notice => notice is { Template: "survey.appointment", Audience: "P" });

        stage.Now = At(3, 20, 15);
        Ends(nameof(SurveyOpinion.Recommended), await stage.Decide(survey, "Submit", "surveyor-qian", Signed("surveyor-qian", "surveyor-sun")));
        Assert.Equal(CaseStatus.Surveying, await Status());

        await Assessed();
        Assert.Equal(EndOf(3, 27), stage.DueOf<Approval>());
        stage.Now = At(3, 24, 10);
        await Approve("reviewer-li", 16, 4);
        Assert.Equal(CaseStatus.Confirmed, await Status());
        Assert.Contains(stage.Notices, notice => notice is { Template: "decision.confirmed", Audience: "P" });
        var needs = await Do(db => new CaseQueries(db).Needs(caseId, None));
        Assert.All(needs, need => Assert.Equal((NeedStatus.Confirmed, "M1"), (need.Status, need.Pathways[0])));
    }

    [Fact]
    public async Task A_third_paper_is_refused_after_the_one_time_notice_unless_it_is_unreadable()
    {
        await Applies("person-zhang", "home-care");
        var check = new CompletenessCheck(Database) { CaseId = caseId, ApplicationId = applicationId };
        await stage.Begin(check);
        Ends("Incomplete", await stage.Decide(check, "Incomplete", "clerk-1", new { missing = new[] { "id-copy", "medical-certificate" } }));

        var request = new SupplementRequest(Database) { CaseId = caseId, ApplicationId = applicationId, Missing = check.Missing };
        await stage.Begin(request);
        Assert.Equal(EndOf(3, 30), stage.DueOf<SupplementRequest>());
        var notice = Assert.Single(stage.Notices, notice => notice.Template == "intake.supplement");
        Assert.Equal(2, notice.Data.GetProperty("papers").GetArrayLength());
        Assert.Equal(CaseStatus.SupplementRequested, await Status());

        stage.Now = At(3, 25, 9);
        Assert.IsType<Waiting>(await stage.Arrives(request, "papers.1", new { papers = new[] { "id-copy" } }));
        Ends("Supplied", await stage.Arrives(request, "papers.2", new { papers = new[] { "medical-certificate" } }));

        await stage.Begin(check);
        Assert.IsType<Waiting>(await stage.Decide(check, "Incomplete", "clerk-1", new { missing = new[] { "income-proof" } }));
        Assert.Equal("OneTimeNotice", stage.TaskOf<CompletenessCheck>().Data.GetProperty("problem").GetString());
        Ends("Incomplete", await stage.Decide(check, "Incomplete", "clerk-1", new { missing = new[] { "id-copy" }, unreadable = true }));
    }

    [Fact]
    public async Task One_surveyor_who_signs_twice_must_correct_in_two_working_days_and_is_spot_checked()
    {
        await ReadyToSurvey("person-zhang");
        var survey = await Surveying(await TeamAssigned("surveyor-qian", "surveyor-sun"));
        stage.Now = At(3, 20, 15);
        Assert.IsType<Waiting>(await stage.Decide(survey, "Submit", "surveyor-qian", Signed("surveyor-qian", "surveyor-qian")));
        var correction = stage.TaskOf<Survey>();
        Assert.Equal(("survey-correction", "SignersNotDistinct"), (correction.Kind, correction.Data.GetProperty("problem").GetString()));
        Assert.Equal(EndOf(3, 24), stage.DueOf<Survey>());
        Assert.Contains("SpotCheckPriority", (await Do(db => new CaseQueries(db).Find(caseId, None)))!.Case.Flags);

        Assert.IsType<Waiting>(await stage.Decide(survey, "Submit", "clerk-1", Signed("surveyor-qian", "surveyor-sun")));
        Assert.Equal("NotInTeam", stage.TaskOf<Survey>().Data.GetProperty("problem").GetString());
        Ends(nameof(SurveyOpinion.Recommended), await stage.Decide(survey, "Submit", "surveyor-sun", Signed("surveyor-qian", "surveyor-sun", device: "one")));
        Assert.Contains("SameDevice", (await Do(db => new SurveyQueries(db).Valid(caseId, None)))!.Flags);
    }

    [Fact]
    public async Task Nobody_home_three_times_on_two_days_leads_to_a_welfare_check_and_the_ward()
    {
        await ReadyToSurvey("person-zhang");
        stage.Now = At(3, 17, 10);
        var survey = await Surveying(await TeamAssigned("surveyor-qian", "surveyor-sun"));
        foreach (var (day, hour) in new[] { (18, 10), (18, 16) })
        {
            stage.Now = At(3, day, hour);
            Assert.IsType<Waiting>(await stage.Decide(survey, "NobodyHome", "surveyor-qian"));
        }

        stage.Now = At(3, 19, 10);
        Ends("Unreachable", await stage.Decide(survey, "NobodyHome", "surveyor-qian"));
        Assert.Equal(3, (await Do(db => new SurveyQueries(db).Attempts(survey.SurveyId!, None))).Count);

        var welfare = new WelfareCheck(Database) { CaseId = caseId };
        await stage.Begin(welfare);
        Assert.Equal(At(3, 19, 14), stage.DueOf<WelfareCheck>());
        Ends("InHospital", await stage.Decide(welfare, "InHospital", "surveyor-qian"));
        Assert.Contains("HospitalStay", (await Do(db => new CaseQueries(db).Find(caseId, None)))!.Case.Flags);

        await Surveying(await TeamAssigned("surveyor-qian", "surveyor-sun"));
        Assert.Equal(EndOf(4, 2), stage.DueOf<Survey>());
    }

    [Fact]
    public async Task A_nephew_is_replaced_and_the_county_must_survey_before_anyone_approves()
    {
        await ReadyToSurvey("person-zhao");
        var first = await TeamAssigned("surveyor-qian", "zhao-nephew");
        var check = new ConflictCheck(Database) { CaseId = caseId, Staff = first.Team };
        Ends("Conflict", await stage.Begin(check));
        Assert.Equal(["zhao-nephew"], check.Conflicts);
        Assert.DoesNotContain(stage.Notices, notice => notice.Template == "survey.appointment");
        var second = await TeamAssigned("surveyor-qian", "surveyor-zhou");
        Ends("Filed", await stage.Begin(new KinFiling(Database) { CaseId = caseId }));
        var survey = await Surveying(second);
        await stage.Decide(survey, "Submit", "surveyor-qian", Signed("surveyor-qian", "surveyor-zhou"));

        await Assessed();
        await Approve("reviewer-li", 16);
        Assert.Equal("CountySurveyDue", stage.TaskOf<Approval>().Data.GetProperty("problem").GetString());
        Assert.Equal(CaseStatus.InReview, await Status());
        var county = new CountySurvey(Database) { CaseId = caseId };
        await stage.Begin(county);
        Ends("Agrees", await stage.Decide(county, "Agrees", "county-officer-1", new { note = "一致" }));
        await Assessed();
        await Approve("reviewer-li", 16);
        Assert.Equal(CaseStatus.Confirmed, await Status());
    }

    [Fact]
    public async Task Who_accepted_or_surveyed_may_not_decide_and_above_the_limit_the_county_decides_too()
    {
        await ReadyToSurvey("person-zhang");
        var survey = await Surveying(await TeamAssigned("surveyor-qian", "surveyor-sun"));
        await stage.Decide(survey, "Submit", "surveyor-qian", Signed("surveyor-qian", "surveyor-sun"));
        await Assessed();
        Assert.Equal("clerk-1 surveyor-qian surveyor-sun", string.Join(' ', stage.TaskOf<Approval>().Excluded));
        await Approve("clerk-1", 16);
        Assert.Equal("ConflictOfInterest", stage.TaskOf<Approval>().Data.GetProperty("problem").GetString());
        var above = await Approve("reviewer-li", 40);
        Assert.Equal((2_400m, true), (above.MonthlyAmount, above.AboveLimit));
    }

    [Fact]
    public async Task Zheng_is_in_no_category_so_he_is_denied_in_writing_with_his_right_to_appeal()
    {
        await ReadyToSurvey("person-zheng");
        var survey = await Surveying(await TeamAssigned("county-officer-2", "village-worker-3", "Township"));
        await stage.Decide(survey, "Submit", "village-worker-3", Signed("county-officer-2", "village-worker-3"));
        await Assessed("NotEligible");
        var approval = new Approval(Database) { CaseId = caseId };
        await Approve("reviewer-b", 4);
        Assert.Equal("NotEligible", stage.TaskOf<Approval>().Data.GetProperty("problem").GetString());
        Ends("Rejected", await stage.Decide(approval, "Rejected", "reviewer-b", new { reasonCode = "NoCategory", reasons = "不属于四类对象" }));

        var deny = new Deny(Database) { CaseId = caseId, DecisionId = approval.DecisionId };
        await stage.Begin(deny);
        Assert.Equal(CaseStatus.Denied, await Status());
        Ends("Delivered", await stage.Decide(deny, "Delivered", "clerk-b", new { deliveryProof = "EMS-1" }));
        Assert.Equal(DateOnly.FromDateTime(stage.Now.AddHours(8).DateTime).AddDays(60), deny.AppealBy);
    }

    [Fact]
    public async Task The_total_time_of_a_decision_runs_from_acceptance_and_tells_the_county_when_it_is_over()
    {
        await ReadyToSurvey("person-zhang");
        var survey = await Surveying(await TeamAssigned("surveyor-qian", "surveyor-sun"));
        await stage.Decide(survey, "Submit", "surveyor-qian", Signed("surveyor-qian", "surveyor-sun"));
        await Assessed();
        var total = Assert.Single(stage.BookmarksOf<Approval>(), bookmark => bookmark.Name == "total.due");
        Assert.Equal((EndOf(4, 14), 20), (total.Due!.Value, total.Rule!.WorkingDays));

        stage.Now = total.Due.Value;
        Assert.IsType<Waiting>(await stage.Arrives(new Approval(Database) { CaseId = caseId }, "total.due"));
        Assert.Equal("K", Assert.Single(stage.Notices, notice => notice.Template == "decision.overdue").Audience);
        await Approve("reviewer-li", 16);
        Assert.Equal(CaseStatus.Confirmed, await Status());
    }

    private async Task Applies(string personId, params string[] items)
    {
        stage = new Stage(InUnit) { Now = At(3, 16, 9) };
        await Do(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(At(1, 5, 9), None));
        applicationId = (await Do(db => new ApplicationBook(db).Enter(new ApplicationEntry
        {
            CountyCode = County, Channel = "wanshitong", ApplicantName = "张某某", PersonId = personId, Category = ReliefCategory.Dibao,
            ItemCodes = items, Wording = "需要照料", Papers = ["application-form", "consent"], ConsentVersion = "2026-1"
        }, ByClerk("applicant"), None))).Id;
        var create = new CreateApplication(Database) { ApplicationId = applicationId };
        Ends("Created", await stage.Begin(create));
        caseId = create.CaseId!;
        Ends("None", await stage.Begin(new DuplicateCheck(Database) { ApplicationId = applicationId }));
        Ends("Normal", await stage.Begin(new UrgencyTriage(Database) { ApplicationId = applicationId }));
    }

    private async Task Accepted()
    {
        var check = new CompletenessCheck(Database) { CaseId = caseId, ApplicationId = applicationId };
        await stage.Begin(check);
        Assert.Equal(EndOf(3, 17), stage.DueOf<CompletenessCheck>());
        Ends("Complete", await stage.Decide(check, "Complete", "clerk-1"));
        Ends("Done", await stage.Begin(new AcceptApplication(Database) { CaseId = caseId, ApplicationId = applicationId, AcceptedBy = check.DecidedBy! }));
    }

    private async Task<DateTimeOffset> DecisionDue()
    {
        var scene = await Do(db => new CaseDesk(db).Open(caseId, None));
        return (await Do(db => new CaseDesk(db).Deadline(scene, "decision.total", scene.Case.AcceptedAt!.Value, None))).Due;
    }

    private async Task Registered()
    {
        await stage.Begin(new RegisterCase(Database) { CaseId = caseId });
        var classify = new ClassifyNeeds(Database) { CaseId = caseId };
        await stage.Begin(classify);
        Ends("Classified", await stage.Decide(classify, "Classified", "clerk-2"));
        Assert.Equal(CaseStatus.Registered, await Status());
    }

    private async Task ReadyToSurvey(string personId)
    {
        await Applies(personId, "home-care");
        await Accepted();
        await Registered();
    }

    private async Task<AssignSurveyTeam> TeamAssigned(string one, string other, string mode = "Delegated")
    {
        var assign = new AssignSurveyTeam(Database) { CaseId = caseId };
        await stage.Begin(assign);
        Ends("Assigned", await stage.Decide(assign, "Assigned", "clerk-1", new { team = new[] { one, other }, mode, appointmentAt = stage.Now.AddDays(2) }));
        return assign;
    }

    private async Task<Survey> Surveying(AssignSurveyTeam assigned)
    {
        var survey = new Survey(Database, new PersonalDataKey(new byte[32])) { CaseId = caseId, Team = assigned.Team, Mode = assigned.Mode, AppointmentAt = assigned.AppointmentAt };
        await stage.Begin(survey);
        return survey;
    }

    private async Task Assessed(string verdict = "Eligible")
    {
        Ends("Pass", await stage.Begin(new EconomicCheck(Database, AdapterAddresses.None) { CaseId = caseId }));
        Ends(verdict, await stage.Begin(new EligibilityCheck(Database) { CaseId = caseId }));
        Ends("Done", await stage.Begin(new NeedAssessment(Database) { CaseId = caseId }));
        await stage.Begin(new Approval(Database) { CaseId = caseId });
    }

    private async Task<Approval> Approve(string by, params decimal[] quantities)
    {
        var needs = (await Do(db => new CaseQueries(db).Needs(caseId, None))).OrderByDescending(need => need.ItemCode).ToList();
        var approval = new Approval(Database) { CaseId = caseId };
        var form = new { needs = needs.Zip(quantities, (need, quantity) => new { needItemId = need.Id, quantity }) };
        if (await stage.Decide(approval, "Approved", by, form) is Completed && !approval.AboveLimit)
        {
            Ends("NoObjection", await stage.Begin(new PreDecisionNotice(Database) { CaseId = caseId }));
            Ends("Done", await stage.Begin(new Confirm(Database) { CaseId = caseId, ApprovedBy = approval.DecidedBy! }));
        }

        return approval;
    }

    private async Task<CaseStatus> Status() => (await Do(db => new CaseQueries(db).Find(caseId, None)))!.Case.Status;

    private object Signed(string one, string other, string? device = null) => new
    {
        signatures = new[]
        {
            new { staffId = one, signedAt = stage.Now.AddMinutes(-5), device = device ?? "device-1" },
            new { staffId = other, signedAt = stage.Now, device = device ?? "device-2" }
        },
        failedIndicators = new[] { "bathing", "walking" },
        opinion = "Recommended",
        familySigner = "本人",
        photoCount = 2
    };

    private static void Ends(string outcome, ActivityResult result) => Assert.Equal(outcome, Assert.IsType<Completed>(result).Outcome);

    private static DateTimeOffset At(int month, int day, int hour) => new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    private static DateTimeOffset EndOf(int month, int day) => new DateTimeOffset(2026, month, day, 23, 59, 59, TimeSpan.FromHours(8)).ToUniversalTime();
}
