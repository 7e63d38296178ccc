using System.Net;
using System.Net.Http.Json;

namespace Relief.Flow.Tests.Host;

public sealed class TasksTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task A_task_is_claimed_and_completed_by_the_person_for_whom_the_application_acts()
    {
        var (task, instance) = await Waiting();
        var app = await Acting("staff-1");

        Assert.Equal("staff-1", (await (await app.PostAsync($"/api/v1/tasks/{task}/claim", null)).Is(HttpStatusCode.OK)).Text("assignee"));
        await (await app.PostAsJsonAsync($"/api/v1/tasks/{task}/complete", new { outcome = "Done", data = new { seen = true } })).Is(HttpStatusCode.OK);
        await _host.TimePasses("PT0S");

        var found = await (await _host.Client.GetAsync($"/api/v1/tasks/{task}")).Json();
        Assert.Equal("staff-1", found.GetProperty("summary").Text("completedBy"));
        Assert.Equal(["staff-1", "staff-1"], found.GetProperty("events").EnumerateArray().Select(line => line.Text("by")));
        Assert.Equal("Finished", (await (await _host.Client.GetAsync($"/api/v1/instances/{instance}")).Json()).GetProperty("summary").Text("status"));
    }

    [Fact]
    public async Task Completing_twice_gives_the_first_answer_or_409()
    {
        var (task, _) = await Waiting();
        var complete = $"/api/v1/tasks/{task}/complete";

        var first = await (await _host.Client.PostAsJsonAsync(complete, new { outcome = "Done" })).Is(HttpStatusCode.OK);
        var again = await (await _host.Client.PostAsJsonAsync(complete, new { outcome = "Done" })).Is(HttpStatusCode.OK);
        Assert.Equal(first.Text("outcome"), again.Text("outcome"));

        var problem = await (await _host.Client.PostAsJsonAsync(complete, new { outcome = "Other" })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        Assert.Equal("Completed", problem.Text("state"));
    }

    [Fact]
    public async Task An_outcome_that_the_task_does_not_have_is_refused()
    {
        var (task, _) = await Waiting();
        await (await _host.Client.PostAsJsonAsync($"/api/v1/tasks/{task}/complete", new { outcome = "Perhaps" })).Refuses(HttpStatusCode.UnprocessableEntity, "task.noSuchOutcome");
        await (await _host.Client.PostAsJsonAsync($"/api/v1/tasks/{task}/complete", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    [Fact]
    public async Task What_another_has_claimed_cannot_be_claimed()
    {
        var (task, _) = await Waiting();
        await (await (await Acting("staff-1")).PostAsync($"/api/v1/tasks/{task}/claim", null)).Is(HttpStatusCode.OK);

        var problem = await (await (await Acting("staff-2")).PostAsync($"/api/v1/tasks/{task}/claim", null)).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        Assert.Equal("staff-1", problem.Text("assignee"));
    }

    [Fact]
    public async Task A_task_is_given_to_another_and_found_in_that_person_s_list()
    {
        var (task, _) = await Waiting();
        var app = await Acting("staff-1");
        await (await app.PostAsync($"/api/v1/tasks/{task}/claim", null)).Is(HttpStatusCode.OK);
        await (await app.PostAsJsonAsync($"/api/v1/tasks/{task}/delegate", new { to = "staff-77" })).Is(HttpStatusCode.OK);

        var mine = (await (await _host.Client.GetAsync("/api/v1/tasks?assignee=staff-77")).Is(HttpStatusCode.OK)).Items();
        Assert.Equal(task, Assert.Single(mine).Text("id"));
    }

    [Fact]
    public async Task An_unknown_task_is_not_found() =>
        await (await _host.Client.PostAsync($"/api/v1/tasks/{Guid.NewGuid()}/claim", null)).Refuses(HttpStatusCode.NotFound, "task.notFound");

    private async Task<HttpClient> Acting(string staff)
    {
        var app = await _host.WithRoles("app");
        app.DefaultRequestHeaders.Add("X-Acting-User", staff);
        return app;
    }

    private async Task<(string Task, string Instance)> Waiting()
    {
        var correlation = Guid.NewGuid().ToString();
        await _host.Client.PostAsJsonAsync("/api/v1/events", new { name = "go", correlationId = correlation });
        var started = await (await _host.Client.PostAsJsonAsync(
            "/api/v1/pathways/wait-and-look/instances", new { correlationId = correlation, input = new { caseId = "x" } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        var instance = started.Text("instanceId")!;
        var tasks = (await (await _host.Client.GetAsync($"/api/v1/tasks?instanceId={instance}")).Json()).Items();
        return (Assert.Single(tasks).Text("id")!, instance);
    }
}
