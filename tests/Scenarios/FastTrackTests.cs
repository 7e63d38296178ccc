using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>P29 over REST: an urgent application is helped at once and decided afterwards, the ordinary order takes over the day after; what is asked wrongly, and what there is no money for.</summary>
public abstract class FastTrackTests : IAsyncLifetime
{
    private ReliefDesk desk = null!;
    private PurchaseDesk money = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task An_urgent_application_is_served_at_once_and_decided_in_time_and_no_day_is_paid_twice()
    {
        await desk.Applies(Applicant.Zhang with { IsUrgent = true }, "home-care");
        Assert.Equal(On(3, 16, 11), await desk.Due("emergency.propose"));
        Assert.Equal("提出急难救助意见 " + (await desk.Case()).GetProperty("case").Text("number"), (await desk.Task("emergency.propose")).Text("title"));
        await ProposesWrongly();
        await desk.Decides("clerk-1", "emergency.propose", "Service", Care);
        var id = (await Board(false))[0].Text("id")!;
        Assert.Empty(await Board(true));
        await ApprovesWrongly(id);
        await desk.Decides("reviewer-li", "emergency.approve", "Go", new { channel = "Phone", approver = "township-reviewer-1", calledAt = "2026-03-16T09:00:00+08:00", callRef = "REC-9" });
        Assert.Equal(["EmergencyOpened system 03-16", "EmergencyProposed clerk-1 03-16", "EmergencyApproved reviewer-li 03-16", "EmergencyOrdered township-reviewer-1 03-16"], await desk.Audit("emergency:" + id));
        Assert.Equal((420m, 0m, 79_580m), await money.Holds("F2-2026"));
        Assert.Equal(EndOf(3, 30), (await desk.Get("fast-tracks/" + id)).GetProperty("regulariseDue").GetDateTimeOffset());

        // Nobody takes it within four hours on the clock: the county hears of it, and it goes on.
        Assert.Equal(On(3, 16, 10), await desk.Due("referral"));
        await desk.Until(3, 16, 13);
        Assert.Equal(["unit:999900 03-16 13:00"], desk.Told("emergency.notDispatched"));
        await desk.Decides("clerk-1", "cover", "Stop", new { reason = "无人承接" });
        Assert.Equal("NotServed", (await desk.Get("fast-tracks/" + id)).Text("outcome"));
        Assert.Equal((0m, 0m, 80_000m), await money.Holds("F2-2026"));

        var served = await IsServed();
        await IsConfirmed();
        Assert.Equal("Regularised", (await desk.Get("fast-tracks/" + served)).Text("outcome"));
        Assert.Empty(await Board(true));
        Assert.Equal("0", await Figure("emergencies.open"));
        var orders = (await desk.List($"cases/{desk.CaseId}/orders")).Where(order => order.Text("status") != "Cancelled").OrderBy(order => order.Text("plannedFrom"), StringComparer.Ordinal).ToList();
        Assert.Equal(["2026-03-16 2026-03-22", "2026-03-23 2026-12-31"], orders.Select(order => $"{order.Text("plannedFrom")} {order.Text("plannedTo")}"));
        await desk.IsSound();
    }

    [Fact]
    public async Task What_is_begun_elsewhere_or_wrongly_begins_once_or_not_at_all_and_cash_is_temporary_relief()
    {
        foreach (var wrong in new object[] { new { }, new { personId = "" }, new { personId = "person-hua", originId = new string('x', 101) } })
            await (await desk.Posts(null, "fast-tracks", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await desk.Posts(null, "fast-tracks", new { personId = "nobody" })).Refuses(HttpStatusCode.NotFound, "person.notFound");

        // A plea with a life at risk begins one, a second finds it; whom the register does not know is spoken with first.
        foreach (var (caller, isAtRisk) in new[] { ("person-hua", true), ("person-hua", true), ("caller-9", true), ("person-wang", false) })
            await desk.Sends(null, "tickets", new { countyCode = "999900", channel = "12349", type = "HelpRequest", placeCode = "99990101", wording = "家中断粮", complainantRef = caller, lifeRisk = isAtRisk });
        var begun = Assert.Single(await Board(false));
        Assert.Equal(("Hotline", "person-hua"), (begun.Text("origin"), begun.Text("personId")));
        Assert.Equal("提出急难救助意见 华某某", (await desk.Task("emergency.propose")).Text("title"));   // who has no case yet is named masked
        Assert.Single(desk.Told("emergency.opened"));
        using var other = desk.Host.With(TestHost.AdminKey, "clerk-b");
        await (await other.GetAsync("/api/v1/fast-tracks/" + begun.Text("id"))).Refuses(HttpStatusCode.NotFound, "fastTrack.notFound");

        await desk.Decides("clerk-1", "emergency.propose", "Service", Care);
        Assert.Equal("NoOpenCase", await Problem("emergency.propose"));
        await desk.Decides("clerk-1", "emergency.propose", "Cash", new { amount = 1000.01, purpose = "购药" });
        Assert.Equal("OverEmergencyLimit", await Problem("emergency.propose"));
        await desk.Decides("clerk-1", "emergency.propose", "Cash", new { amount = 1000, purpose = "购药" });
        Assert.Equal("999900", (await desk.Task("special.approve")).Text("unit"));   // proposed once: temporary relief waits for its approval
        Assert.Equal("HandedOver", Assert.Single(await Board(false)).Text("outcome"));

        // While that is open no other cash goes there to vanish: the proposal comes back and says so, and the emergency stays on the list until somebody says how it ends.
        await desk.Sends("clerk-1", "fast-tracks", new { personId = "person-hua", originId = "again" });
        await desk.Decides("clerk-1", "emergency.propose", "Cash", new { amount = 200, purpose = "购药" });
        Assert.Equal("LinkageOpen", await Problem("emergency.propose"));
        Assert.Single(await desk.List("linkages?county=999900&open=true"));
        await desk.Decides("clerk-1", "emergency.propose", "NotNeeded", new { reason = "并入在办的临时救助" });
        Assert.Equal(["HandedOver", "NotNeeded"], (await Board(false)).Select(row => row.Text("outcome")).Order());
        await desk.IsSound();
    }

    [Fact]
    public async Task Without_money_of_F2_nothing_starts_and_what_stops_gives_everything_back()
    {
        await money.BeginsWith("F2-2026", 100);
        await desk.Applies(Applicant.Wang with { IsUrgent = true }, "nursing");
        await desk.Decides("clerk-1", "emergency.propose", "Service", new { itemCode = "nursing", quantity = 2, serviceDays = 2, consent = "电话同意" });
        await desk.Decides("reviewer-li", "emergency.approve", "Go", new { channel = "App" });
        Assert.Equal(((0m, 0m, 100m), (0m, 0m, 60_000m)), (await money.Holds("F2-2026"), await money.Holds("F5-2026")));   // another fund is not touched, though it may pay nursing
        await desk.Task("emergency.short");
        await money.IsGiven("F2-2026", 80);
        Assert.Equal((180m, 0m, 0m), await money.Holds("F2-2026"));
        await desk.Decides("supplier-a", "referral", "Accepted");
        await desk.Sends(null, "fast-tracks", new { personId = "person-wang" });
        Assert.Single(await Board(false));   // one at a time for each person

        await (await desk.Tries("clerk-1", "emergency.regularise", "NotEligible", new { reason = "x" })).Is(HttpStatusCode.Forbidden);
        await desk.Decides("reviewer-li", "emergency.regularise", "NotEligible", new { reason = "不符合条件" });
        Assert.Equal((0m, 0m, 180m), await money.Holds("F2-2026"));
        Assert.Equal("NotEligible", Assert.Single(await Board(false)).Text("outcome"));

        // Who has an open case applies again, in need at once: the application joins the case, and the fast track begins all the same.
        await desk.Applies(Applicant.Wang with { IsUrgent = true }, "meal");
        await desk.Task("emergency.propose");
        Assert.Equal(["", "NotEligible"], (await Board(false)).Select(row => row.Text("outcome") ?? "").Order(StringComparer.Ordinal));
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        money = new PurchaseDesk(desk);
        await desk.Until(3, 16, 9);
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private static object Care => new { itemCode = "home-care", quantity = 7, serviceDays = 7, consent = "电话同意" };

    private async Task ProposesWrongly()
    {
        foreach (var (problem, form) in new (string, object)[]
                 {
                     ("TooManyDays", new { itemCode = "home-care", quantity = 8, serviceDays = 8, consent = "电话" }), ("OverEmergencyLimit", new { itemCode = "home-care", quantity = 16.67, serviceDays = 7, consent = "电话" }),
                     ("UnknownItem", new { itemCode = "bed-day", quantity = 1, serviceDays = 1, consent = "电话" }), ("QuantityInvalid", new { itemCode = "home-care", quantity = 0, serviceDays = 1, consent = "电话" }), ("ConsentMissing", new { itemCode = "home-care", quantity = 1, serviceDays = 1, consent = new string('x', 201) })
                 })
        {
            await desk.Decides("clerk-1", "emergency.propose", "Service", form);
            Assert.Equal(problem, await Problem("emergency.propose"));
        }

        var missing = await (await desk.Tries("clerk-1", "emergency.propose", "Service", new { itemCode = "home-care", serviceDays = 7, consent = "电话" })).Refuses(HttpStatusCode.UnprocessableEntity, "task.formInvalid");
        Assert.True(missing.GetProperty("errors").TryGetProperty("data.quantity", out _));
    }

    // Never by who proposed it, and a call is proven; the database knows no emergency that one person proposed and approved.
    private async Task ApprovesWrongly(string id)
    {
        await (await desk.Tries("clerk-1", "emergency.approve", "Go", new { channel = "App" })).Is(HttpStatusCode.Forbidden);
        foreach (var (problem, approver, calledAt) in new[] { ("CallNotProven", "township-reviewer-1", "2026-03-16T08:00:00+08:00"), ("NotAReviewer", "clerk-1", "2026-03-16T09:00:00+08:00") })
        {
            await desk.Decides("reviewer-li", "emergency.approve", "Go", new { channel = "Phone", approver, calledAt, callRef = "REC-9" });
            Assert.Equal(problem, await Problem("emergency.approve"));
        }

        var at = On(3, 16).ToUniversalTime();
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(async db => await db.Replace((await new EmergencyBook(db).Get(id, None)) with
        {
            ApprovedBy = "clerk-1", RecordedBy = "reviewer-li", ApprovedAt = at, Channel = ApprovalChannel.App, DispatchDue = at, RegulariseDue = at
        }, None)));
    }

    private async Task<string> IsServed()
    {
        await desk.Sends(null, "fast-tracks", new { personId = "person-zhang" });
        await desk.Decides("clerk-2", "emergency.propose", "Service", Care);
        await desk.Decides("reviewer-li", "emergency.approve", "Go", new { channel = "App" });
        await desk.Decides("supplier-a", "referral", "Accepted");
        var served = Assert.Single(await Board(true));
        Assert.Equal(("2026-03-16", "2026-03-22", "App"), (served.Text("firstDay"), served.Text("lastDay"), served.Text("channel")));
        Assert.Equal(7, (await desk.List($"orders/{served.Text("orderId")}/visits")).Length);
        Assert.Equal("1", await Figure("emergencies.open"));
        return served.Text("id")!;
    }

    private async Task IsConfirmed()
    {
        await desk.TeamIsSent("surveyor-qian", "surveyor-sun");
        await desk.Until(3, 20, 16);
        await desk.Decides("surveyor-qian", "survey", "Submit", Signed("surveyor-qian", "surveyor-sun"));
        var need = Assert.Single((await desk.Case()).GetProperty("needs").EnumerateArray());
        await desk.Decides("reviewer-li", "approval", "Approved", new { needs = new[] { new { needItemId = need.Text("id"), quantity = 16 } } });
    }

    private Task<JsonElement[]> Board(bool unregularised) => desk.List("fast-tracks?county=999900" + (unregularised ? "&unregularised=true" : ""));

    private async Task<string?> Problem(string kind) => (await desk.Get("tasks/" + (await desk.Task(kind)).Text("id"))).GetProperty("data").Text("problem");

    private async Task<string> Figure(string key) => (await desk.List("figures?county=999900&from=2026-01-01&to=2026-12-31")).Single(figure => figure.Text("key") == key).GetProperty("value").GetDecimal().ToString("0", CultureInfo.InvariantCulture);

    public sealed class OnSqlite : FastTrackTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : FastTrackTests
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
