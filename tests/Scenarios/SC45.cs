using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-45 over REST: a help day of 6 June, three applications and one escalation written by teams; the report says 3 and 1 with their links, and takes no typed total.</summary>
public abstract class SC45 : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task The_report_is_the_sum_of_what_is_linked_and_no_total_is_typed()
    {
        var day = (await desk.Sends("county-officer-1", "help-days", Plan(new { }))).Text("id")!;
        await (await Hands(day, "clerk-1", "early", new { kind = "Leaflet", number = 5 })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");   // not yet the day
        await desk.Until(On(6, 6, 9));
        Applicant[] people = [Applicant.Zhang, Applicant.Wang, Applicant.Chen];
        foreach (var (who, number) in people.Select((who, at) => (who, at)))
            await Is(await Hands(day, "clerk-1", $"app-{number}", new { kind = "Application", application = Of(who), deviceTime = On(6, 6, 8, 30) }));
        await Is(await Hands(day, "clerk-1", "app-0", new { kind = "Application", application = Of(Applicant.Zhang), deviceTime = On(6, 6, 8, 30) }));   // the device sends its queue again
        await Is(await Hands(day, "health-1", "app-other-desk", new { kind = "Application", application = Of(Applicant.Zhang) }, 2));   // the same person at another desk: E07
        var caseId = (await desk.List("cases?county=999900"))[0].Text("id");
        await Is(await Hands(day, "clerk-1", "hard-1", new { kind = "Escalation", escalation = new { caseId, situation = "NoPolicyFits", because = "无政策可依" } }));
        await Is(await Hands(day, "clerk-1", "help-1", new { kind = "Mandate", mandate = new { areaCode = "99990101", personRef = "person-zhang", wording = "代办残疾证" } }));
        await Is(await Hands(day, "clerk-1", "leaflets", new { kind = "Leaflet", number = 300 }));
        await Is(await Hands(day, "health-1", "asked", new { kind = "Consultation", number = 40 }, 2));

        var report = await Report(day);
        Assert.Equal((3, 1, 1, 1, 300, 40), (Sum(report, "applications"), Sum(report, "escalations"), Sum(report, "attached"), Sum(report, "mandates"), Sum(report, "leaflets"), Sum(report, "consultations")));
        var links = report.GetProperty("links").EnumerateArray().ToList();
        foreach (var link in links.Where(link => link.Text("status") != "Attached"))
            await (await desk.Host.Client.GetAsync(link.Text("address"))).Is(HttpStatusCode.OK);   // each leads to its record
        Assert.Equal(3, (await desk.Tasks("completeness")).Length);
        Assert.Single(await desk.Tasks("conference.request"));

        var refused = await (await Hands(day, "clerk-1", "total", new { kind = "Application", number = 195 })).Refuses(HttpStatusCode.UnprocessableEntity, "helpDay.totalRefused");
        Assert.True(refused.GetProperty("errors").TryGetProperty("number", out _));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => desk.Set(db => db.Insert(new HelpEntry
        {
            Id = "typed", CountyCode = "999900", CreatedAt = On(6, 6).ToUniversalTime(), CreatedBy = "x", HelpDayId = day, DeskId = day + "-01", Kind = HelpKind.Application, Number = 195, DeviceKey = "typed", DeviceAt = On(6, 6).ToUniversalTime()
        }, None)));
        await IsReconciledAndFollowed(day);
        await desk.IsSound();
    }

    private async Task IsReconciledAndFollowed(string day)
    {
        await desk.Until(On(6, 6, 18));
        await desk.Decides("county-officer-1", "helpday.reconcile", "Reconciled", new { applications = 195 });
        Assert.Equal("TotalsAreCounted", (await desk.Get("tasks/" + (await desk.Task("helpday.reconcile")).Text("id"))).GetProperty("data").Text("problem"));
        await desk.Decides("county-officer-1", "helpday.reconcile", "Reconciled", new { remark = "顺利" });
        Assert.Contains("受理申请3件,提级1件", Assert.Single(desk.Texts("helpday.report")), StringComparison.Ordinal);

        // A form that a device kept back comes late, with the time at which it was written; it is followed until closed like the others.
        await desk.Until(On(6, 7, 9));
        await Is(await Hands(day, "clerk-1", "late", new { kind = "Leaflet", number = 7, deviceTime = On(6, 6, 16) }));
        await (await Hands(day, "clerk-1", "later", new { kind = "Leaflet", number = 7 })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Equal((307, 5), (Sum(await Report(day), "leaflets"), Sum(await Report(day), "open")));
        await desk.Until(On(6, 14, 9));
        Assert.Equal(2, desk.Told("helpday.open").Count);
        Assert.Equal("Reconciled", (await desk.Get("help-days/" + day)).GetProperty("day").Text("status"));
    }

    [Fact]
    public async Task Only_the_team_of_a_desk_hands_in_its_forms_and_a_race_of_one_form_takes_it_once()
    {
        foreach (var (wrong, field) in new (object, string)[]
                 {
                     (new { heldOn = "2026-06-01" }, "heldOn"), (new { areaCode = "11010101" }, "areaCode"), (new { place = "" }, "place"), (new { desks = Array.Empty<object>() }, "desks"),
                     (new { desks = new[] { new { name = "x", unitId = "nobody", team = new[] { "clerk-1" } } } }, "desks")
                 })
            Assert.True((await (await desk.Posts("county-officer-1", "help-days", Plan(wrong))).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid")).GetProperty("errors").TryGetProperty(field, out _), field);
        var day = (await desk.Sends("county-officer-1", "help-days", Plan(new { }))).Text("id")!;
        Assert.Equal(["unit:dept-health 06-02 09:00", "unit:township-a 06-02 09:00"], desk.Told("helpday.planned").Order(StringComparer.Ordinal));
        await desk.Until(On(6, 6, 9));
        await (await Hands(day, "health-1", "x", new { kind = "Leaflet", number = 1 })).Refuses(HttpStatusCode.Forbidden, "helpDay.notAtTheDesk");
        var race = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Hands(day, "clerk-1", "race", new { kind = "Application", application = Of(Applicant.Zhang) })));
        Assert.All(race, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        await desk.Settles();
        Assert.Equal((1, 0), (Sum(await Report(day), "applications"), Sum(await Report(day), "attached")));
        foreach (var wrong in new object[] { new { kind = "Leaflet", number = 0 }, new { kind = "Leaflet" }, new { kind = "Application" }, new { number = 1 }, new { kind = "Leaflet", number = 1, deviceTime = On(6, 6, 20) } })
            await (await Hands(day, "clerk-1", "wrong", wrong)).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await desk.IsSound();
    }

    public async Task InitializeAsync()
    {
        desk = await Open();
        await desk.Until(On(6, 2, 9));
    }

    public async Task DisposeAsync() => await desk.DisposeAsync();

    private async Task<HttpResponseMessage> Hands(string day, string by, string key, object form, int at = 1)
    {
        var body = Merge(new() { ["deskId"] = $"{day}-{at:00}", ["deviceKey"] = key }, form);
        var answer = await desk.Posts(by, $"help-days/{day}/forms", body);
        return answer;
    }

    private async Task Is(HttpResponseMessage answer)
    {
        await answer.Is(HttpStatusCode.Accepted);
        await desk.Settles();
    }

    private async Task<JsonElement> Report(string day) => (await desk.Get("help-days/" + day)).GetProperty("report");

    private static int Sum(JsonElement report, string name) => report.GetProperty(name).GetInt32();

    private static Dictionary<string, object?> Plan(object more) => Merge(new()
    {
        ["countyCode"] = "999900", ["areaCode"] = "999901", ["place"] = "甲镇文化广场", ["heldOn"] = "2026-06-06",
        ["desks"] = new[] { new { name = "社会救助", unitId = "township-a", team = new[] { "clerk-1" } }, new { name = "卫生健康", unitId = "dept-health", team = new[] { "health-1" } } }
    }, more);

    private static object Of(Applicant who) => new
    {
        channel = "helpDay", applicantName = who.Name, category = who.Category, itemCodes = new[] { "home-care" }, wording = "需要照料", papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
        person = new { idNumber = who.IdNumber, name = who.Name, sex = who.Sex, birthDate = who.Birth, areaCode = who.Village }
    };

    private static Dictionary<string, object?> Merge(Dictionary<string, object?> body, object more)
    {
        foreach (var field in JsonSerializer.SerializeToElement(more).EnumerateObject())
            body[field.Name] = field.Value;
        return body;
    }

    public sealed class OnSqlite : SC45
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC45
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
