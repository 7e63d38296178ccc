using System.Net;
using System.Text.Json;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-12, SC-13 and SC-14 over REST: who lives in an institution, who stays at home, and who goes to a hospital.</summary>
public abstract class InstitutionScenarios : IAsyncLifetime
{
    private static readonly Applicant Feng = new("冯某某", "M", new DateOnly(1944, 11, 3), "04", "99990102", "Tekun");
    private static readonly Applicant Chen = new("陈某某", "M", new DateOnly(1950, 3, 3), "21", "99990102", "Tekun");
    private static readonly Applicant Chu = new("褚某某", "F", new DateOnly(1960, 6, 6), "22", "99990102", "Tekun");

    private static readonly Applicant Qi = new("戚某某", "F", new DateOnly(2014, 6, 1), "23", "99990102", "Tekun");

    private ReliefDesk desk = null!;
    private CareDesk care = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    [Trait("Proves", "SC-12")]
    public async Task Who_cannot_care_for_himself_moves_in_by_his_own_will_and_days_on_leave_are_not_paid()
    {
        await desk.Until(On(3, 27, 8));   // three days of cooling: the consent is of 30 March
        await care.WantsABed(Feng);
        await care.IsAssessed("Institution", "eating", "dressing", "toilet", "bathing");
        await care.IsAsked("Consents", new { form = "consent-1" });
        Assert.Contains("PlacementConsentConsents clerk-1 03-30", await desk.Audit("case:" + desk.CaseId));
        Assert.Equal((27_500m, 0m, 172_500m), await Holds());
        await MovesIn();

        await desk.Until(On(5, 6));
        await desk.Decides("institution-1", "placement.presence", "Confirmed", new { absentDays = new[] { "2026-04-11", "2026-04-12" } });
        await desk.Decides("clerk-1", "record.accept", "Accepted", new { overrideReason = "假期后确认" });
        await desk.Decides("institution-1", "settlement.claim", "Claimed", new { lines = new[] { new { itemCode = "bed-day", quantity = 28 } } });
        await desk.Until(On(5, 8));
        await desk.Decides("settlement-clerk-1", "settlement.verify", "Verified");
        await desk.Decides("township-reviewer-1", "settlement.approve", "Approved");
        await desk.Until(On(5, 15));
        await desk.Event("pay:999901-INST-1-2026-04", new { voucher = "bank-04" });

        Assert.Equal((24_500m, 2_800m, 172_700m), await Holds());
        Assert.Contains("Release 200", await new PurchaseDesk(desk).Posted("F1-2026", On(5, 15, 8)), StringComparison.Ordinal);
        Assert.Empty(await desk.Tasks("notice.post"));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "SC-13")]
    public async Task Who_declines_is_offered_care_at_home_on_the_same_day()
    {
        await care.IsKnown(Chen, ConditionKind.LivingAlone);
        await care.WantsABed(Chen);
        await care.IsAssessed("Institution", "eating", "dressing", "bathing");
        await care.IsAsked("Declines", new { form = "refusal-1" });

        var proposed = (await care.Shown("placement.home")).GetProperty("data").GetProperty("needs").EnumerateArray();
        Assert.Equal(["M1 home-care", "M6 neighbour-help"], proposed.Select(need => $"{need.GetProperty("pathways")[0]} {need.Text("itemCode")}").Order());
        Assert.Empty(await desk.Tasks("placement.admit"));
        Assert.Contains("PlacementConsentDeclines clerk-1 03-26", await desk.Audit("case:" + desk.CaseId));
        Assert.Equal("Created", (await desk.List($"cases/{desk.CaseId}/orders"))[0].Text("status"));
        Assert.Equal((0m, 0m, 200_000m), await Holds());
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "E10")]
    public async Task A_child_is_heard_and_moves_in_by_its_guardians_word_alone()
    {
        await care.IsKnown(Qi);
        await care.WantsABed(Qi);
        await care.IsAssessed("Institution", "eating", "dressing", "toilet", "bathing");
        await care.IsAsked("Consents", new { form = "consent-4" });
        Assert.Equal("GuardianNeeded", (await care.Shown("placement.consent")).Text("problem"));
        await (await desk.Tries("clerk-1", "placement.consent", "GuardianConsents", new { form = "consent-4" })).Is(HttpStatusCode.UnprocessableEntity);
        await desk.Decides("clerk-1", "placement.consent", "GuardianConsents", new { form = "consent-4", guardianProof = "court-4" });
        Assert.Equal("ChildNotHeard", (await care.Shown("placement.consent")).Text("problem"));
        await desk.Decides("clerk-1", "placement.consent", "GuardianConsents", new { form = "consent-4", guardianProof = "court-4", opinion = "愿意和同学在一起" });
        Assert.Single(await desk.Tasks("referral"));
        Assert.Empty(await desk.Tasks("notice.post"));
        await desk.IsSound();
    }

    [Fact]
    [Trait("Proves", "SC-14")]
    [Trait("Proves", "E12")]
    public async Task Nobody_comes_into_a_hospital_without_a_legal_ground()
    {
        await care.IsKnown(Chu, ConditionKind.Mental);
        await care.WantsABed(Chu);
        await care.IsAssessed("Mental", "eating");
        Assert.Equal(EndOf(3, 26), await desk.Due("placement.medical"));
        await desk.Decides("health-1", "placement.medical", "Accepted", new { hospital = "HOSP-1" });

        await desk.Decides("county-officer-1", "placement.ground", "Recorded", new { ground = "SelfHarmRisk", guardianConsent = "consent-3", costSource = "insurance" });
        Assert.Equal("LegalGroundMissing", (await care.Shown("placement.ground")).Text("problem"));
        Assert.Empty(await desk.Tasks("placement.admit"));
        await desk.Decides("county-officer-1", "placement.ground", "Recorded", new { ground = "SelfHarmRisk", diagnosis = "diagnosis-3", guardianConsent = "consent-3", costSource = "insurance" });
        await desk.Decides("hospital-1", "placement.admit", "Admitted", new { day = "2026-03-23" });

        await desk.Until(On(4, 22));
        await desk.Decides("hospital-1", "placement.review", "AsksToLeave");
        Assert.Equal(["unit:999900 04-22 09:00"], desk.Told("placement.asksToLeave"));
        await desk.Decides("county-officer-1", "placement.leave", "Done");
        Assert.Empty(await desk.Tasks("notice.post"));
        Assert.Equal("Ended", (await desk.List($"cases/{desk.CaseId}/orders"))[0].Text("status"));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        care = new CareDesk(desk);
        await desk.Until(On(3, 23, 8));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task MovesIn()
    {
        await desk.Decides("institution-1", "referral", "Accepted");
        await desk.Decides("institution-1", "plan", "Submitted", new { goals = "照护", lines = new[] { new { itemCode = "bed-day", quantityPerMonth = 31, visitsPerMonth = 1 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("institution-1");
        await desk.Until(On(4, 1));
        await desk.Decides("institution-1", "placement.admit", "Admitted", new { day = "2026-04-01" });
        Assert.Equal("InService", await desk.Status());
    }

    private Task<(decimal Reserved, decimal Spent, decimal Available)> Holds() => new PurchaseDesk(desk).Holds("F1-2026");

    public sealed class OnSqlite : InstitutionScenarios
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : InstitutionScenarios
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
