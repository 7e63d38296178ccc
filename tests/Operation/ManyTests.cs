using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Scenarios;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>批量审批: one decision on many tasks, each judged as if alone, over REST and in the inbox.</summary>
public abstract class ManyTests(StorageKind kind) : OperatorTests(kind)
{
    private readonly StorageKind _kind = kind;

    [Fact]
    public async Task Many_tasks_that_a_person_has_taken_are_decided_together_and_each_is_told()
    {
        var tasks = await Waiting(4);
        foreach (var task in tasks[..3])
            await (await Posts("li", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        await (await Posts("wang", $"tasks/{tasks[3]}/claim", new { })).Is(HttpStatusCode.OK);

        await (await Posts("li", "tasks/complete-many", new { outcome = "Done" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Posts("li", "tasks/complete-many", new { taskIds = Enumerable.Range(0, 51).Select(_ => Guid.NewGuid()), outcome = "Done" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Posts("li", "tasks/complete-many", new { taskIds = tasks })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");

        var unknown = Guid.NewGuid();
        var decided = (await (await Posts("li", "tasks/complete-many", new { taskIds = (string[])[.. tasks, $"{unknown}"], outcome = "Done" })).Is(HttpStatusCode.OK)).Items();
        Assert.Equal(["", "", "", "task.wrongState", "task.notFound"], decided.Select(one => one.Text("code") ?? ""));
        var again = (await (await Posts("li", "tasks/complete-many", new { taskIds = tasks[..3], outcome = "Done" })).Is(HttpStatusCode.OK)).Items();
        Assert.All(again, one => Assert.True(one.GetProperty("done").GetBoolean()));
        await Host.TimePasses("PT0S");
        Assert.Single((await (await Host.Client.GetAsync("/api/v1/tasks?kind=first")).Json()).Items());
    }

    [Fact]
    public async Task Different_questions_do_not_get_one_answer()
    {
        var task = (await Waiting(1))[0];
        await (await Posts("li", $"tasks/{task}/complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);
        await Host.TimePasses("PT0S");
        var other = (await Waiting(1))[0];
        var second = (await (await Host.Client.GetAsync("/api/v1/tasks?kind=second")).Json()).Items()[0].Text("id");
        await (await Posts("li", "tasks/complete-many", new { taskIds = new[] { other, second }, outcome = "Done" })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
    }

    [Fact]
    public async Task In_the_inbox_they_are_chosen_looked_at_and_decided()
    {
        var tasks = await Waiting(2);
        foreach (var task in tasks)
            await (await Posts("li", $"tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        var desk = new PageVisit(Host.With(TestHost.AdminKey, "li"));
        var page = await desk.Open("/tasks?show=mine");
        Assert.All(tasks, task => Assert.Contains($"name=\"task\" value=\"{task}\"", page, StringComparison.Ordinal));
        page = await desk.Open($"/tasks/many?task={tasks[0]}&task={tasks[1]}&task={Guid.NewGuid()}&task=x");
        Assert.Contains("批量办理 2 件", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, "/tasks/many", ("task", tasks[0]), ("task", tasks[1]), ("outcome", "Done"));
        Assert.Contains("办理结果", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("已办结").Length - 1);
        Assert.Contains("请先选择", await desk.Open("/tasks/many"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_concerns_money_is_decided_alone_and_has_no_way_back_over_its_approval()
    {
        await using var scene = await UnansweredPayment.NineDaysLater(_kind);
        var task = (await scene.Host.Client.GetFromJsonAsync<JsonElement>($"/api/v1/tasks?instanceId={scene.InstanceId}")).Items()[0].Text("id");
        await (await scene.Host.Client.PostAsJsonAsync($"/api/v1/tasks/{task}/claim", new { })).Is(HttpStatusCode.OK);
        var decided = (await (await scene.Host.Client.PostAsJsonAsync("/api/v1/tasks/complete-many", new { taskIds = new[] { task }, outcome = "Paid", data = new { voucher = "V-1" } })).Is(HttpStatusCode.OK)).Items();
        Assert.Equal("task.decidedAlone", Assert.Single(decided).Text("code"));

        Assert.Empty((await (await scene.Host.Client.GetAsync($"/api/v1/tasks/{task}/returns")).Is(HttpStatusCode.OK)).Items());
        await (await scene.Host.Client.PostAsJsonAsync($"/api/v1/tasks/{task}/return", new { to = "approve", reason = "再审一次" })).Refuses(HttpStatusCode.Conflict, "task.noWayBack");
    }

    private async Task<string[]> Waiting(int count)
    {
        await Host.Publish(Stories.Reviewed("first", "second"));
        var tasks = new string[count];
        for (var number = 0; number < count; number++)
            tasks[number] = (await OpenTask(await Start("reviewed")))!;
        return tasks;
    }

    public sealed class OnSqlite() : ManyTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : ManyTests(StorageKind.PostgreSql);
}
