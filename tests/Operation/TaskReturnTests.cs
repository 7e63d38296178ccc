using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>驳回 to a step that was done, and 撤回 of one's own decision, over REST and in the inbox.</summary>
public abstract class TaskReturnTests(StorageKind kind) : OperatorTests(kind)
{
    [Fact]
    public async Task Whoever_holds_a_task_sends_it_back_to_a_step_that_was_done_and_all_after_it_is_done_again()
    {
        var id = await AtTheThird();
        var task = await OpenTask(id);
        await (await Posts("zhao", $"tasks/{task}/return", new { to = "first", reason = "材料不清" })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await Posts("zhao", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        var steps = (await (await Host.Client.GetAsync($"/api/v1/tasks/{task}/returns")).Is(HttpStatusCode.OK)).Items();
        Assert.Equal([("second", "wang"), ("first", "li")], steps.Select(step => (step.Text("activityId")!, step.Text("completedBy")!)));

        await (await Posts("li", $"tasks/{task}/return", new { to = "first", reason = "材料不清" })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await Posts("zhao", $"tasks/{task}/return", new { to = "first" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Posts("zhao", $"tasks/{task}/return", new { to = "third", reason = "材料不清" })).Refuses(HttpStatusCode.Conflict, "task.noWayBack");
        await (await Posts("zhao", $"tasks/{task}/return", new { to = "first", reason = "材料不清" })).Is(HttpStatusCode.NoContent);
        await Host.TimePasses("PT0S");
        Assert.Equal("first", await Step(id));
        var sent = await (await Host.Client.GetAsync($"/api/v1/tasks/{task}")).Json();
        Assert.Equal("Cancelled", sent.GetProperty("summary").Text("state"));
        Assert.Contains(sent.GetProperty("events").EnumerateArray(), line => line.Text("verb") == "Return" && line.Text("note") == "材料不清");
        Assert.Contains("SentBack", await Journal(id), StringComparison.Ordinal);

        foreach (var (step, by) in new[] { ("first", "li"), ("second", "wang"), ("third", "zhao") })
            await Does(id, step, by);
        Assert.Equal("Finished", await Status(id));
    }

    [Fact]
    public async Task Of_a_return_and_a_completion_at_the_same_time_one_counts()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await AtTheThird();
            var task = await OpenTask(id);
            await (await Posts("zhao", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
            var both = await Task.WhenAll(Posts("zhao", $"tasks/{task}/return", new { to = "second", reason = "重新审核" }), Posts("zhao", $"tasks/{task}/complete", new { outcome = "Done" }));
            await Host.TimePasses("PT0S");
            Assert.Single(both, answer => answer.IsSuccessStatusCode);
            Assert.Equal(both[0].IsSuccessStatusCode ? "Waiting" : "Finished", await Status(id));
        }
    }

    [Fact]
    public async Task Ones_own_decision_is_taken_back_while_nobody_has_begun_what_came_of_it()
    {
        var id = await AtTheThird();
        var second = (await (await Host.Client.GetAsync($"/api/v1/tasks?instanceId={id}&state=Completed")).Json()).Items().Single(task => task.Text("kind") == "second").Text("id");
        var first = (await (await Host.Client.GetAsync($"/api/v1/tasks?instanceId={id}&state=Completed")).Json()).Items().Single(task => task.Text("kind") == "first").Text("id");
        await (await Posts("li", $"tasks/{second}/withdraw", new { reason = "看错了" })).Refuses(HttpStatusCode.Conflict, "task.wrongState");
        await (await Posts("li", $"tasks/{first}/withdraw", new { reason = "看错了" })).Refuses(HttpStatusCode.Conflict, "task.goneOn");
        await (await Posts("wang", $"tasks/{second}/withdraw", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");

        var third = await OpenTask(id);
        await (await Posts("zhao", $"tasks/{third}/claim", new { })).Is(HttpStatusCode.OK);
        await (await Posts("wang", $"tasks/{second}/withdraw", new { reason = "看错了" })).Refuses(HttpStatusCode.Conflict, "task.goneOn");
        await (await Posts("zhao", $"tasks/{third}/release", new { })).Is(HttpStatusCode.OK);

        var desk = new PageVisit(Host.With(TestHost.AdminKey, "wang"));
        var (_, page) = await desk.Send(await desk.Open($"/tasks/{second}"), $"/tasks/{second}/withdraw", ("reason", "看错了"));
        Assert.DoesNotContain("role=\"alert\"", page, StringComparison.Ordinal);
        await Host.TimePasses("PT0S");
        Assert.Equal("second", await Step(id));
        await Does(id, "second", "wang");
        await Does(id, "third", "zhao");
        Assert.Equal("Finished", await Status(id));
    }

    private async Task<string> AtTheThird()
    {
        await Host.Publish(Stories.Reviewed("first", "second", "third"));
        var id = await Start("reviewed");
        await Does(id, "first", "li");
        await Does(id, "second", "wang");
        return id;
    }

    private async Task Does(string id, string step, string by)
    {
        Assert.Equal(step, await Step(id));
        await (await Posts(by, $"tasks/{await OpenTask(id)}/complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
        await Host.TimePasses("PT1M");
    }

    public sealed class OnSqlite() : TaskReturnTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : TaskReturnTests(StorageKind.PostgreSql);
}
