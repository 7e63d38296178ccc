using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>What does not leave, or leaves and is never answered: found and mended; and a target to which nothing is sent for a while.</summary>
public abstract class OutgoingTests(StorageKind kind) : OperatorTests(kind)
{
    private OutsideWorld _world = null!;

    protected override string[] Settings => ["Relief:Outbound:AllowPrivate=true"];

    // Messages to one host are one target.
    private string Target => _world.Address.Host;

    [Fact]
    public async Task K13_a_message_that_does_not_leave_is_found_and_sent_again_under_its_key()
    {
        _world.Answers("POST /sms", [.. OutsideAnswer.Unavailable.Times(100)]);
        var id = await Calls();
        await Host.TimePasses("PT20M");
        var found = Assert.Single(await Found("K13")).GetProperty("finding");
        Assert.Equal(id, found.Text("instanceId"));
        Assert.Equal(("Replay", "K13"), ((await Why(id)).GetProperty("may")[0].Text("action"), (await Why(id)).GetProperty("may")[0].Text("against")));

        _world.Answers("POST /sms", OutsideAnswer.Ok);
        await Mended(new { instanceId = id, action = "Replay", target = found.Text("ref"), reason = "the gateway is back" });
        Assert.Equal("Finished", await Status(id));
        Assert.Empty(await Found("K13"));
        Assert.Single(_world.RequestsTo("POST /sms").Select(request => request.Header("Idempotency-Key")).Distinct());
    }

    [Fact]
    public async Task K21_a_call_of_unknown_outcome_is_never_repeated_by_itself_and_decided_by_people()
    {
        _world.Answers("POST /sms", OutsideAnswer.Unavailable);
        var (asked, done) = (await Start("ordering"), await Start("ordering"));
        await Host.TimePasses("P2D");
        Assert.Equal(2, _world.RequestsTo("POST /sms").Count);
        Assert.Equal(new[] { asked, done }.Order(), (await Found("K21")).Select(one => one.GetProperty("finding").Text("instanceId")!).Order());
        var (missed, happened) = (await Question(asked), await Question(done));
        Assert.Equal(["Happened", "NotHappened"], missed.GetProperty("choices").EnumerateArray().Select(choice => choice.Text("value")!));
        await (await Host.Client.PostAsJsonAsync($"/api/v1/tasks/{missed.Text("target")}/complete", new { outcome = "NotHappened" })).Refuses(HttpStatusCode.Conflict, "repair.needsSecond");
        await (await Mend(new { instanceId = asked, action = "Answer", target = missed.Text("target"), to = "Perhaps", reason = "not sure" })).Refuses(HttpStatusCode.UnprocessableEntity, "repair.noSuchChoice");
        await (await Mend(new { instanceId = asked, action = "Answer", target = happened.Text("target"), to = "Happened", reason = "the other one" })).Refuses(HttpStatusCode.Conflict, "repair.noTarget");

        _world.Answers("POST /sms", OutsideAnswer.Ok);
        await Agreed(new { instanceId = asked, action = "Answer", target = missed.Text("target"), to = "NotHappened", reason = "they never got it" });
        await Agreed(new { instanceId = done, action = "Answer", target = happened.Text("target"), to = "Happened", reason = "they have done it" });
        Assert.Equal(("Finished", "Finished"), (await Status(asked), await Status(done)));
        Assert.Equal(3, _world.RequestsTo("POST /sms").Count);
        Assert.Empty(await Found("K21"));
    }

    [Fact]
    public async Task What_goes_to_a_paused_target_waits_over_a_restart_and_leaves_once()
    {
        await Calls();
        Assert.Single(_world.RequestsTo("POST /sms"));
        await (await Turn("pause", new { target = Target })).Refuses(HttpStatusCode.UnprocessableEntity, "request.invalid");
        await (await Turn("pause", new { target = Target, reason = "网关检修" })).Is(HttpStatusCode.NoContent);
        await (await Turn("pause", new { target = Target, reason = "网关检修" })).Refuses(HttpStatusCode.Conflict, "target.paused");

        await Calls();
        await Calls();
        await Host.Restart("Relief:Outbound:AllowPrivate=true");
        await Host.TimePasses("PT2H");
        Assert.Single(_world.RequestsTo("POST /sms"));
        var flow = Assert.Single((await (await Host.Client.GetAsync("/api/v1/outbox/targets")).Is(HttpStatusCode.OK)).Items());
        Assert.Equal((Target, 2, "网关检修"), (flow.Text("target"), flow.GetProperty("waiting").GetInt32(), flow.GetProperty("pause").Text("reason")));
        Assert.Equal([3, 3, 5], flow.GetProperty("forecast").EnumerateArray().Select(after => after.GetProperty("waiting").GetInt32()));

        await (await Turn("resume", new { target = Target })).Is(HttpStatusCode.NoContent);
        await (await Turn("resume", new { target = Target })).Refuses(HttpStatusCode.Conflict, "target.notPaused");
        await Host.TimePasses("PT1M");
        Assert.Equal(3, _world.RequestsTo("POST /sms").Count);
        Assert.Equal(["TargetPaused", "TargetResumed"], (await (await Host.Client.GetAsync($"/api/v1/audit?subject=target:{Target}")).Json()).Items().Select(entry => entry.Text("what")!).Order());
    }

    [Fact]
    public async Task On_the_console_it_is_paused_with_a_reason_and_resumed_by_those_who_operate()
    {
        await Calls();
        var desk = new PageVisit(Host.Client);
        var (_, page) = await desk.Send(await desk.Open("/console/outbox"), "/console/outbox/pause", ("target", Target), ("reason", "网关检修"));
        Assert.Contains("网关检修", page, StringComparison.Ordinal);
        (_, page) = await desk.SendUnoffered("/console/outbox/pause", ("target", Target), ("reason", "网关检修"));
        Assert.Contains("该去向已经暂停", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, "/console/outbox/resume", ("target", Target));
        Assert.DoesNotContain("网关检修", page, StringComparison.Ordinal);

        using var auditor = await Host.WithRoles("auditor");
        Assert.DoesNotContain("/console/outbox/pause", await new PageVisit(auditor).Open("/console/outbox"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await new PageVisit(auditor).SendUnoffered("/console/outbox/pause", ("target", Target), ("reason", "网关检修"))).Status);
    }

    public override async Task InitializeAsync()
    {
        _world = (await OutsideWorld.Open()).Answers("POST /sms", OutsideAnswer.Ok);
        await base.InitializeAsync();
        await Host.Publish(Calling("calling", "Request"));
        await Host.Publish(Calling("ordering", "AtMostOnce"));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _world.DisposeAsync();
    }

    private string Calling(string id, string effect) =>
        $$"""
        {
          "definitionId": "{{id}}", "name": "外呼",
          "root": { "id": "call", "type": "Elsa.SendHttpRequest", "version": 1,
                    "method": { "typeName": "String", "expression": { "type": "Literal", "value": "POST" } },
                    "effect": { "typeName": "String", "expression": { "type": "Literal", "value": "{{effect}}" } },
                    "url": { "typeName": "String", "expression": { "type": "Literal", "value": "{{new Uri(_world.Address, "sms")}}" } } }
        }
        """;

    private async Task<System.Text.Json.JsonElement> Question(string id) => (await Why(id)).GetProperty("may").EnumerateArray().First(offer => offer.Text("against") == "K21");

    private Task<string> Calls() => Start("calling");

    private Task<HttpResponseMessage> Turn(string deed, object body) => Host.Client.PostAsJsonAsync("/api/v1/outbox/targets/" + deed, body);

    public sealed class OnSqlite() : OutgoingTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : OutgoingTests(StorageKind.PostgreSql);
}
