using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Host;

/// <summary>Who may take, hand over and decide a task: asked of the staff register at each of the three, and the same for all of them.</summary>
public abstract class TaskRolesTests : IAsyncLifetime
{
    private TestHost _host = null!;

    protected abstract Task<TestHost> Open(string[] settings);

    [Theory]
    [InlineData("clerk-1", "task.roleMissing")]
    [InlineData("reviewer-b", "task.roleMissing")]
    [InlineData("nobody-at-all", "task.notStaff")]
    [InlineData("reviewer-li", "task.excluded")]
    public async Task Who_may_not_do_a_task_neither_takes_nor_gets_nor_decides_it(string person, string code)
    {
        var task = await Waiting("township-reviewer", "999901", "reviewer-li");
        await (await Act(person, task, "claim")).Refuses(HttpStatusCode.Forbidden, code);
        await (await Act(person, task, "delegate", new { to = "township-reviewer-1" })).Refuses(HttpStatusCode.Forbidden, code);
        await (await Act(person, task, "complete", new { outcome = "Done" })).Refuses(HttpStatusCode.Forbidden, code);
        await (await Act("township-reviewer-1", task, "delegate", new { to = person })).Refuses(HttpStatusCode.Forbidden, code);

        Assert.Equal("Open", (await (await _host.Client.GetAsync($"/api/v1/tasks/{task}")).Json()).GetProperty("summary").Text("state"));
        await (await Act("township-reviewer-1", task, "claim")).Is(HttpStatusCode.OK);
        await (await Act("township-reviewer-1", task, "complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_task_goes_to_a_colleague_who_may_do_it_and_the_refusal_names_who_may_not()
    {
        var task = await Waiting("relief-clerk", "999901");
        var refusal = await (await Act("clerk-1", task, "delegate", new { to = "clerk-b" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        Assert.Equal(("clerk-b", "RoleMissing"), (refusal.Text("person"), refusal.Text("reason")));
        Assert.Equal("clerk-2", (await (await Act("clerk-1", task, "delegate", new { to = "clerk-2" })).Is(HttpStatusCode.OK)).Text("assignee"));
        await (await Act("clerk-2", task, "complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_role_above_the_area_holds_for_it_and_one_beside_it_does_not()
    {
        var task = await Waiting("relief-clerk", "99990101");
        await (await Act("clerk-b", task, "claim")).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await (await Act("clerk-1", task, "claim")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_supplier_s_lead_works_on_the_tasks_of_his_own_supplier_only()
    {
        var task = await Waiting("supplier-manager", "PV-A");
        foreach (var other in new[] { "supplier-b", "worker-a1", "clerk-1" })
            await (await Act(other, task, "claim")).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await (await Act("supplier-b", task, "complete", new { outcome = "Done" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await (await Act("supplier-a", task, "delegate", new { to = "supplier-b" })).Refuses(HttpStatusCode.Forbidden, "task.roleMissing");
        await (await Act("supplier-a", task, "claim")).Is(HttpStatusCode.OK);
        await (await Act("supplier-a", task, "complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
    }

    public async Task InitializeAsync()
    {
        _host = await Open(["Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32])]);
        await _host.Publish(Sketches.Asking);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<HttpResponseMessage> Act(string person, string task, string verb, object? body = null)
    {
        using var client = _host.With(TestHost.AdminKey, person);
        return await client.PostAsJsonAsync($"/api/v1/tasks/{task}/{verb}", body ?? new { });
    }

    private async Task<string> Waiting(string role, string unit, params string[] excluded)
    {
        var started = await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/asking/instances", new { input = new { role, unit, excluded } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        var tasks = (await (await _host.Client.GetAsync($"/api/v1/tasks?instanceId={started.Text("instanceId")}")).Is(HttpStatusCode.OK)).Items();
        return Assert.Single(tasks).Text("id")!;
    }

    public sealed class OnSqlite : TaskRolesTests
    {
        protected override Task<TestHost> Open(string[] settings) => TestHost.OnSqlite(settings);
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : TaskRolesTests
    {
        protected override async Task<TestHost> Open(string[] settings) => await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase(), settings);
    }
}
