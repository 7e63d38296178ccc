using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>Who sees what of one running order: a township its own, a supplier its own orders, an application what it started; over REST, in lists and by address.</summary>
public abstract class VisibilityTests(RunningOrder running)
{
    private readonly TestHost _host = running.Host;

    [Theory]
    [InlineData("county-officer-1")]
    [InlineData("clerk-1")]
    [InlineData("village-worker-2")]
    public async Task An_authority_sees_the_people_of_its_area(string member)
    {
        using var client = _host.With(TestHost.AdminKey, member);
        foreach (var address in (string[])[.. OfTheCase, .. OfTheOrder, .. OfTheInstance])
            await (await client.GetAsync(address)).Is(HttpStatusCode.OK);
        Assert.All(await Counts(client), list => Assert.True(list.Count > 0, list.Name));
    }

    [Theory]
    [InlineData("clerk-b", "another township")]
    [InlineData("village-worker-3", "another township's village")]
    [InlineData("surveyor-qian", "another village of the same township")]
    [InlineData("supplier-b", "another supplier")]
    [InlineData("secretary-1", "a party branch that has no part in it")]
    [InlineData("who-is-nobody", "no staff at all")]
    public async Task Others_see_nothing_of_it_and_are_not_told_that_it_is_there(string member, string why)
    {
        using var client = _host.With(TestHost.AdminKey, member);
        foreach (var address in (string[])[.. OfTheCase, .. OfTheOrder, .. OfTheInstance, $"/api/v1/tasks/{running.Survey}"])
        {
            var there = await (await client.GetAsync(address)).Is(HttpStatusCode.NotFound);
            var away = await (await client.GetAsync(Elsewhere(address))).Is(HttpStatusCode.NotFound);
            Assert.True(there.Text("code") == away.Text("code"), $"{why}: {address}");
        }

        Assert.All(await Counts(client), list => Assert.True(list.Count == 0, $"{why}: {list.Name}"));
        await (await client.PostAsJsonAsync("/api/v1/persons/search", new { countyCode = "999900", idNumber = Applicant.Wang.IdNumber })).Refuses(HttpStatusCode.NotFound, "person.notFound");
        await (await client.PostAsJsonAsync($"/api/v1/orders/{running.Order}/records", new { visitId = "any", record = new { } })).Refuses(HttpStatusCode.NotFound, "order.notFound");
        await (await client.PostAsJsonAsync($"/api/v1/orders/{running.Order}/help-logs", new { })).Refuses(HttpStatusCode.NotFound, "order.notFound");
    }

    [Fact]
    public async Task A_supplier_sees_its_order_and_neither_the_case_nor_the_person()
    {
        using var client = _host.With(TestHost.AdminKey, "supplier-a");
        foreach (var address in OfTheOrder)
            await (await client.GetAsync(address)).Is(HttpStatusCode.OK);
        Assert.NotEmpty((await (await client.GetAsync($"/api/v1/orders/{running.Order}/visits")).Json()).Items());
        foreach (var address in OfTheCase)
            await (await client.GetAsync(address)).Is(HttpStatusCode.NotFound);
        await (await client.PostAsJsonAsync("/api/v1/persons/search", new { countyCode = "999900", idNumber = Applicant.Wang.IdNumber })).Refuses(HttpStatusCode.NotFound, "person.notFound");
        Assert.Equal(["plan", "referral"], (await List(client, "tasks?state=Completed&take=100")).Select(task => task.Text("kind")!).Where(kind => kind is "plan" or "referral" or "approval" or "survey").Order());
        await (await client.PostAsJsonAsync("/api/v1/suppliers/PV-B/exit", new { })).Refuses(HttpStatusCode.Forbidden, "supplier.notYours");
    }

    [Fact]
    public async Task An_application_sees_what_it_started_with_all_that_came_of_it_and_nothing_else()
    {
        using var own = await _host.WithRoles("app");
        Assert.All(await Counts(own), list => Assert.True(list.Count == 0, list.Name));
        await (await own.GetAsync($"/api/v1/cases/{running.CaseId}")).Refuses(HttpStatusCode.NotFound, "case.notFound");

        var who = Applicant.Chen;
        var taken = await (await own.PostAsJsonAsync("/api/v1/intake/applications", new
        {
            countyCode = "999900", channel = "wanshitong", applicantName = who.Name, category = who.Category, itemCodes = new[] { "nursing" }, wording = "需要护理",
            papers = new[] { "application-form", "consent" }, consentVersion = "2026-1",
            person = new { idNumber = who.IdNumber, name = who.Name, sex = who.Sex, birthDate = who.Birth, areaCode = who.Village },
            triage = new { aloneNow = false, canMove = true, hasFoodAndMedicine = true, inDanger = false }
        })).Is(HttpStatusCode.Accepted);
        await running.Desk.Settles();
        await (await own.GetAsync(taken.Text("statusUrl"))).Is(HttpStatusCode.OK);
        Assert.Single(await List(own, "cases"));
        var begun = await List(own, "instances?take=100");
        Assert.True(begun.Length > 1, "with what the case started");
        Assert.DoesNotContain(begun, instance => instance.Text("id") == running.Instance);
        Assert.NotEmpty(await List(own, "tasks?take=100"));
        await (await own.PostAsync($"/api/v1/tasks/{running.Survey}/claim", null)).Refuses(HttpStatusCode.NotFound, "task.notFound");

        using var other = await _host.WithRoles("app");
        Assert.All(await Counts(other), list => Assert.True(list.Count == 0, list.Name));
        await (await other.GetAsync(taken.Text("statusUrl"))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_of_a_relief_role_sees_the_units_it_was_made_for()
    {
        using var none = await _host.WithRoles("townshipReviewer");
        await (await none.GetAsync($"/api/v1/cases/{running.CaseId}")).Refuses(HttpStatusCode.NotFound, "case.notFound");
        using var own = await _host.WithUnits(["999901"], "townshipReviewer");
        await (await own.GetAsync($"/api/v1/cases/{running.CaseId}")).Is(HttpStatusCode.OK);
        using var other = await _host.WithUnits(["999902", "PV-B"], "townshipReviewer");
        await (await other.GetAsync($"/api/v1/cases/{running.CaseId}")).Is(HttpStatusCode.NotFound);
        using var supplier = await _host.WithUnits(["PV-A"], "supplierManager");
        await (await supplier.GetAsync($"/api/v1/orders/{running.Order}")).Is(HttpStatusCode.OK);

        await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { name = "k1", roles = new[] { "inspector" }, units = new[] { "999901", "nowhere" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await _host.Client.PostAsJsonAsync("/api/v1/keys", new { name = "k2", roles = new[] { "operator" }, units = new[] { "999901" } })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    /// <summary>The rule is told by columns: it must make a statement of every record on this database, and hide each that is not a register.</summary>
    [Fact]
    public async Task Every_record_can_be_asked_for_under_a_limited_view()
    {
        await using var db = _host.Part<ReliefDatabase>().Reading(RecordVisibility.OfOwn("who-is-nobody"));
        foreach (var record in ReliefTables.Names.Keys)
        {
            var seen = await (Task<int>)GetType().BaseType!.GetMethod(nameof(Count), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(record).Invoke(null, [db])!;
            Assert.True(seen == 0 || VisibleRows.Open.Contains(record), $"{seen} {record.Name}");
        }
    }

    private static Task<int> Count<T>(ReliefDbContext db) where T : class => db.Set<T>().CountAsync();

    private string[] OfTheCase => [.. new[] { "", "/orders", "/notices" }.Select(part => $"/api/v1/cases/{running.CaseId}{part}")];

    private string[] OfTheOrder => [.. new[] { "", "/visits", "/records", "/team" }.Select(part => $"/api/v1/orders/{running.Order}{part}")];

    private string[] OfTheInstance => [.. new[] { "", "/journal", "/incidents", "/why" }.Select(part => $"/api/v1/instances/{running.Instance}{part}")];

    // The same address of something that nobody has made.
    private string Elsewhere(string address) => address
        .Replace(running.CaseId, "0123", StringComparison.Ordinal).Replace(running.Order, "0123", StringComparison.Ordinal)
        .Replace(running.Instance, Guid.Empty.ToString(), StringComparison.Ordinal).Replace(running.Survey, Guid.Empty.ToString(), StringComparison.Ordinal);

    private static async Task<(string Name, int Count)[]> Counts(HttpClient client) =>
        [("cases", (await List(client, "cases")).Length), ("instances", (await List(client, "instances")).Length), ("tasks", (await List(client, "tasks?state=Completed")).Length)];

    private static async Task<JsonElement[]> List(HttpClient client, string address) =>
        (await (await client.GetAsync("/api/v1/" + address)).Is(HttpStatusCode.OK)).Items();

    public sealed class OnSqlite(RunningOrder.OnSqlite running) : VisibilityTests(running), IClassFixture<RunningOrder.OnSqlite>;

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres(RunningOrder.OnPostgres running) : VisibilityTests(running), IClassFixture<RunningOrder.OnPostgres>;
}
