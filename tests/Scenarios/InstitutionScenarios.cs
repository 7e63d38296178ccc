using System.Net;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;
using Deed = Relief.Flow.Activities.Deed;

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

        // Once the guardian is alleged to have abused the child, somebody else has to be named.
        await desk.Set(async db =>
        {
            var child = await db.Set<Case>().Where(row => row.Id == desk.CaseId).Select(row => row.PersonId).SingleAsync();
            await db.Replace((await db.Set<Person>().SingleAsync(row => row.Id == child)) with { GuardianId = "guardian-4" }, None);
            await new GuardianBook(db).Allege(child, new Deed("county-officer-1", On(3, 26), "alleged"), None);
        });
        foreach (var guardian in new[] { "", "guardian-4" })
        {
            await desk.Decides("clerk-1", "placement.consent", "GuardianConsents", new { form = "consent-4", guardianProof = "court-4", guardian, opinion = "愿意和同学在一起" });
            Assert.Equal("GuardianAlleged", (await care.Shown("placement.consent")).Text("problem"));
        }
        await desk.Decides("clerk-1", "placement.consent", "GuardianConsents", new { form = "consent-4", guardianProof = "court-5", guardian = "guardian-5", opinion = "愿意和同学在一起" });
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
        await care.WantsABed(Chu, "home-care");
        var order = await IsServedAtHome();
        await care.IsAssessed("Mental", "eating");
        Assert.Equal(EndOf(3, 26), await desk.Due("placement.medical"));
        await desk.Decides("health-1", "placement.medical", "Accepted", new { hospital = "HOSP-1" });

        await desk.Decides("county-officer-1", "placement.ground", "Recorded", new { ground = "SelfHarmRisk", guardianConsent = "consent-3", costSource = "insurance" });
        Assert.Equal("LegalGroundMissing", (await care.Shown("placement.ground")).Text("problem"));
        Assert.Empty(await desk.Tasks("placement.admit"));
        await desk.Decides("county-officer-1", "placement.ground", "Recorded", new { ground = "SelfHarmRisk", diagnosis = "diagnosis-3", guardianConsent = "consent-3", costSource = "insurance" });
        await desk.Decides("hospital-1", "placement.admit", "Admitted", new { day = "2026-03-23" });
        await IsNotAvailable(order);

        await desk.Until(On(4, 22));
        await desk.Decides("hospital-1", "placement.review", "AsksToLeave");
        Assert.Equal(["unit:999900 04-22 09:00"], desk.Told("placement.asksToLeave"));
        await desk.Decides("county-officer-1", "placement.leave", "Done");
        Assert.Empty(await desk.Tasks("notice.post"));
        Assert.Equal("Ended", (await desk.List($"cases/{desk.CaseId}/orders")).Single(one => one.Text("pathway") == "M2").Text("status"));
        Assert.Equal((null, "Active"), ((await desk.Sees("supplier-a", "orders/" + order)).Text("standsStill"), await StatusOf(order)));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        care = new CareDesk(desk);
        await desk.Until(On(3, 23, 8));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    // A supplier cleans and cares at home while nobody knows yet that it will be a hospital.
    private async Task<string> IsServedAtHome()
    {
        var order = (await desk.List($"cases/{desk.CaseId}/orders")).Single(one => one.Text("pathway") == "M1").Text("id")!;
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Decides("supplier-a", "plan", "Submitted", new { goals = "照料", lines = new[] { new { itemCode = "home-care", quantityPerMonth = 30, visitsPerMonth = 4 } } });
        await desk.Decides("clerk-1", "plan.agree", "Agreed");
        await desk.Sign("supplier-a");
        Assert.Equal("Active", await StatusOf(order));
        return order;
    }

    // All that the supplier's screens are made of says that the person is not available: no pathway, hospital, ground or illness, anywhere.
    private async Task IsNotAvailable(string order)
    {
        Assert.Equal(["unit:PV-A"], desk.Told("order.paused").Select(line => line.Split(' ')[0]));
        var seen = await desk.Sees("supplier-a", "orders/" + order);
        Assert.Equal(("Paused", "NotAvailable"), (seen.GetProperty("order").Text("status"), seen.Text("standsStill")));
        foreach (var screen in new[] { $"orders/{order}", $"orders/{order}/visits", $"orders/{order}/records", $"orders/{order}/team", "tasks?take=100", "tasks?state=Completed&take=100", "instances?take=100" })
        {
            var text = (await desk.Sees("supplier-a", screen)).GetRawText();
            Assert.All(new[] { "M2", "HOSP-1", "edical", "ental", "placement", "institutional", "diagnosis", "SelfHarm" }, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{screen}: {word} in {text}"));
        }

        using var supplier = desk.Host.With(TestHost.AdminKey, "supplier-a");
        foreach (var hidden in new[] { $"cases/{desk.CaseId}", $"cases/{desk.CaseId}/orders", $"cases/{desk.CaseId}/bundle" })
            await (await supplier.GetAsync("/api/v1/" + hidden)).Is(HttpStatusCode.NotFound);
    }

    private async Task<string?> StatusOf(string order) => (await desk.Get("orders/" + order)).GetProperty("order").Text("status");

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
