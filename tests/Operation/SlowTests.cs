using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>Steps held against their past times and against the published drawing: found, explained, estimated and mended over REST.</summary>
public abstract class SlowTests(StorageKind kind) : OperatorTests(kind)
{
    private const int Past = 20;

    [Fact]
    public async Task K17_a_step_that_was_removed_meanwhile_is_found_and_left_by_two()
    {
        await Host.Publish(Stories.Reviewed("first", "second", "third"));
        var id = await Start("reviewed");
        Assert.Empty(await Found("K17"));
        await Host.Publish(Stories.Reviewed("second", "third"));

        var found = Assert.Single(await Found("K17"));
        Assert.Equal((id, "first", "2"), (found.GetProperty("finding").Text("instanceId"), found.GetProperty("finding").Text("activityId"), found.GetProperty("finding").Text("detail")));
        var why = await Why(id, "zh");
        Assert.StartsWith("所在步骤已被删改", why.Text("headline"), StringComparison.Ordinal);
        var offer = why.GetProperty("may")[0];
        Assert.Equal(("Move", "K17", "True"), (offer.Text("action"), offer.Text("against"), offer.Text("needsSecond")));
        await Agreed(new { instanceId = id, action = "Move", target = offer.Text("target"), to = "second", reason = "the new drawing begins here" });

        Assert.Equal("second", await Step(id));
        Assert.Empty(await Found("K17"));

        await Host.Publish(Stories.Reviewed("second", "third").Replace("""{ "id": "second", "type": "Elsa.RunTask",""", """{ "id": "second", "type": "Elsa.Delay", "timeSpan": { "expression": { "type": "Literal", "value": "01:00:00" } },""", StringComparison.Ordinal));
        Assert.Equal("3", Assert.Single(await Found("K17")).GetProperty("finding").Text("detail"));
    }

    [Fact]
    public async Task K18_a_step_that_takes_longer_than_it_ever_did_is_told_beside_its_past_times()
    {
        await Learn();
        var id = await Start("reviewed");
        await Host.TimePasses("PT25H");
        Assert.Empty(await Found("K18"));
        Assert.Contains("Half of 20 earlier runs of this step took", (await Why(id)).GetProperty("at")[0].Text("text"), StringComparison.Ordinal);
        Assert.StartsWith("All is well", (await Why(id)).Text("headline"), StringComparison.Ordinal);
        await Host.TimePasses("PT3H");

        Assert.Equal(id, Assert.Single(await Found("K18")).GetProperty("finding").Text("instanceId"));
        Assert.Contains("超过以往 20 次中 95% 的用时", (await Why(id, "zh")).Text("headline"), StringComparison.Ordinal);
        var offer = (await Why(id)).GetProperty("may")[0];
        Assert.Equal(("Redo", "K18"), (offer.Text("action"), offer.Text("against")));
        await Mended(new { instanceId = id, action = "Redo", target = offer.Text("target"), reason = "it was with the wrong people" });

        Assert.Empty(await Found("K18"));
        // A moment over a short time says nothing.
        await Sql("update step_time set p50 = p50 / 100000, p95 = p95 / 100000");
        await Host.TimePasses("PT50M");
        Assert.Empty(await Found("K18"));
    }

    [Fact]
    public async Task K22_a_deadline_that_cannot_be_met_is_found_before_it_is_late_and_mended_by_going_ahead()
    {
        await Learn();
        var begun = await Now();
        var id = await Start("reviewed");
        await Host.TimePasses("PT130H");
        Assert.Empty(await Found("K22"));
        Assert.Empty(await Risks("en"));
        await Host.TimePasses("PT14H");

        var finding = Assert.Single(await Found("K22")).GetProperty("finding");
        Assert.Equal((id, begun.AddDays(10)), (finding.Text("instanceId"), finding.GetProperty("since").GetDateTimeOffset()));
        var risk = Assert.Single(await Risks("zh"));
        Assert.Equal(begun.AddDays(10), risk.GetProperty("due").GetDateTimeOffset());
        // Six days have passed; what usually follows takes three and one.
        Assert.InRange(risk.GetProperty("expected").GetDateTimeOffset(), begun.AddDays(10), begun.AddDays(10.7));
        Assert.Contains("预计最早", risk.Text("what"), StringComparison.Ordinal);
        Assert.Contains("预计最早", (await Why(id, "zh")).GetProperty("cannotBecause").ToString(), StringComparison.Ordinal);

        var offer = (await Why(id)).GetProperty("may").EnumerateArray().First(one => one.Text("against") == "K22");
        Assert.Equal("Move", offer.Text("action"));
        await Agreed(new { instanceId = id, action = "Move", target = offer.Text("target"), to = "third", reason = "the first two were done on paper" });
        Assert.Empty(await Found("K22"));
        Assert.Empty(await Risks("en"));
    }

    [Fact]
    public async Task K22_a_task_that_is_allowed_less_time_than_it_usually_takes_is_at_risk_until_it_is_done()
    {
        await Learn();
        var id = await Start("reviewed");
        await Sql($"update task set due_at = {Moment((await Now()).AddHours(12))} where instance_id = '{id}'");

        Assert.Single(await Found("K22"));
        var risk = Assert.Single(await Risks("en"));
        Assert.InRange((risk.GetProperty("expected").GetDateTimeOffset() - risk.GetProperty("due").GetDateTimeOffset()).TotalHours, 12, 17);
        Assert.Contains("after the deadline", risk.Text("what"), StringComparison.Ordinal);
        var overview = await Host.Client.GetStringAsync(new Uri("/console", UriKind.Relative));
        Assert.Matches("(?s)可能超期.*预计最早", overview);

        await Complete(id);
        Assert.Empty(await Found("K22"));
    }

    [Fact]
    public async Task The_list_of_deadlines_at_risk_refuses_what_makes_no_sense()
    {
        await (await Host.Client.GetAsync("/api/v1/stuck/risk?take=0")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Host.Client.GetAsync("/api/v1/stuck/risk?take=100000")).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        Assert.Empty((await (await Host.Client.GetAsync("/api/v1/stuck/risk?after=nonsense&definitionId=none")).Is(HttpStatusCode.OK)).Items());
        var refused = await Host.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(Stories.Reviewed("first").Replace("\"days\": 10", "\"days\": -1", StringComparison.Ordinal)));
        Assert.Contains("definition.deadline", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Twenty go through: a day for the first step, three for the second, one for the third.
    private async Task Learn()
    {
        await Host.Publish(Stories.Reviewed("first", "second", "third"));
        List<string> ids = [];
        for (var run = 0; run < Past; run++)
            ids.Add(await Start("reviewed"));
        foreach (var days in (int[])[1, 3, 1])
        {
            await Host.TimePasses($"P{days}D");
            foreach (var id in ids)
                await Complete(id);
            await Host.TimePasses("PT0S");
        }

        // Others on the same server may have transactions open: then the newest bursts are counted a moment later.
        var started = Stopwatch.GetTimestamp();
        do
            await Found("K18");
        while ((await Rows("select activity_id from step_time where n = 20")).Count < 3 && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.Equal(["first", "second", "third"], await Rows("select activity_id from step_time where n = 20 order by activity_id"));
    }

    private async Task Complete(string id) =>
        await (await Host.Client.PostAsJsonAsync($"/api/v1/tasks/{await OpenTask(id)}/complete", new { outcome = "Done" })).Is(HttpStatusCode.OK);

    private async Task<JsonElement[]> Risks(string language) => (await (await Host.Client.GetAsync("/api/v1/stuck/risk?lang=" + language)).Is(HttpStatusCode.OK)).Items();

    private async Task<DateTimeOffset> Now() => (await (await Host.Client.GetAsync("/api/v1/clock")).Is(HttpStatusCode.OK)).GetProperty("now").GetDateTimeOffset();

    public sealed class OnSqlite() : SlowTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : SlowTests(StorageKind.PostgreSql);
}
