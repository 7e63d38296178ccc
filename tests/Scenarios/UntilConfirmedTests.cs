using System.Net;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-01 until it is confirmed, SC-07, SC-08 and SC-11 over REST with a clock that stands still.</summary>
public abstract class UntilConfirmedTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "E22")]
    public async Task SC_01_Zhang_is_confirmed_on_24_March_with_every_deadline_of_the_scenario()
    {
        await ZhangApplies("home-care", "cleaning");
        Assert.Equal("Submitted", await desk.Status());
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        Assert.Equal(EndOf(3, 30), await desk.Due("survey"));

        await desk.Until(3, 20, 16);
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-sun"));
        Assert.Equal(EndOf(3, 27), await desk.Due("approval"));
        await desk.Until(3, 24, 10);
        var needs = (await desk.Case()).GetProperty("needs").EnumerateArray()
            .Select(need => new { needItemId = need.Text("id"), quantity = need.Text("itemCode") == "home-care" ? 16 : 4 }).ToArray();
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Tries("surveyor-sun", "approval", "Approved", new { needs })).StatusCode);
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs });

        Assert.StartsWith("CaseSubmitted CaseAccepted CaseRegistered CaseSurveying CaseInReview CaseConfirmed", await desk.States(), StringComparison.Ordinal);
        await desk.IsSound();
    }

    [Fact]
    public async Task SC_07_two_signatures_of_one_user_are_corrected_within_two_working_days()
    {
        await ZhangApplies("home-care");
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        await desk.Until(3, 20, 16);
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-qian"));
        Assert.Equal(EndOf(3, 24), await desk.Due("survey-correction"));
        Assert.Equal(["unit:999901 03-20 16:00"], desk.Told("survey.invalid"));
        Assert.Contains("SpotCheckPriority", Flags(await desk.Case()));

        await desk.Decides("surveyor-sun", "survey-correction", "Submit", Signed("surveyor-qian", "surveyor-sun", "device-1"));
        Assert.Equal("InReview", await desk.Status());
        Assert.Contains((await desk.Case()).GetProperty("timeline").EnumerateArray(),
            entry => entry.Text("what") == "SurveySubmitted" && entry.Text("detail")!.Contains("SameDevice", StringComparison.Ordinal));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E06")]
    public async Task SC_08_nobody_home_three_times_leads_to_the_ward()
    {
        await ZhangApplies("home-care");
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        foreach (var (day, hour) in new[] { (18, 10), (18, 16), (19, 10) })
        {
            await desk.Until(3, day, hour);
            await desk.Decides("surveyor-qian", "survey", "NobodyHome", new { note = "无人应答" });
        }

        Assert.Equal(On(3, 19, 14), await desk.Due("welfare-check"));
        await desk.Decides("surveyor-qian", "welfare-check", "InHospital", new { note = "在县医院" });
        Assert.Contains("HospitalStay", Flags(await desk.Case()));
        Assert.Equal(EndOf(3, 24), await desk.Due("survey-team"));
        Assert.Equal(3, (await desk.Case()).GetProperty("timeline").EnumerateArray().Count(entry => entry.Text("what") == "SurveyAttempted"));
        await desk.IsSound();
    }

    [Fact]
    public async Task SC_11_missing_papers_are_asked_for_once()
    {
        await ZhangApplies("home-care");
        await desk.Decides("clerk-1", "completeness", "Incomplete", new { missing = new[] { "id-copy", "medical-certificate" } });
        Assert.Equal("SupplementRequested", await desk.Status());
        Assert.Equal(["person:person-zhang 03-16 09:00"], desk.Told("intake.supplement"));
        Assert.Contains("id-copy;medical-certificate;请于2026-03-30前提交", Assert.Single(desk.Texts("intake.supplement")), StringComparison.Ordinal);
        Assert.Contains("papers.due 03-30 23:59", await desk.Timers("procedure.intake"));
        await desk.Until(3, 25, 9);
        await desk.Event("supplement:" + desk.ApplicationId, new { papers = new[] { "id-copy", "medical-certificate" } });
        Assert.Equal("Submitted", await desk.Status());
        Assert.DoesNotContain("papers.due 03-30 23:59", await desk.Timers("procedure.intake"));
        await (await desk.Tries("clerk-1", "completeness", "Incomplete", new { missing = new[] { "income-proof" } })).Refuses(HttpStatusCode.Conflict, "OneTimeNotice");
        await desk.Decides("clerk-1", "completeness", "Incomplete", new { missing = new[] { "id-copy" }, unreadable = true });
        Assert.Equal("SupplementRequested", await desk.Status());
        await desk.IsSound();
    }

    [Fact]
    public async Task Without_consent_nothing_is_taken_in()
    {
        await (await desk.Posts(null, "intake/applications", new { countyCode = "999900" })).Refuses(HttpStatusCode.UnprocessableEntity, "intake.consentMissing");
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task ZhangApplies(params string[] items)
    {
        var taken = await desk.Applies(Applicant.Zhang, items);
        Assert.Equal("SQ999900-2026-000001", taken.Text("applicationNumber"));
    }

    private static string[] Flags(JsonElement view) => [.. view.GetProperty("case").GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
}
