using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;

namespace Relief.Flow.Tests.Operation;

/// <summary>A target to which nothing is sent for a while: what waits is told, kept over a restart, and leaves once when it is resumed.</summary>
public abstract class TargetTests(StorageKind kind) : IAsyncLifetime
{
    private OutsideWorld _world = null!;
    private TestHost _host = null!;

    // Messages to one host are one target.
    private string Target => _world.Address.Host;

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
        await _host.Restart("Relief:Outbound:AllowPrivate=true");
        await _host.TimePasses("PT2H");
        Assert.Single(_world.RequestsTo("POST /sms"));
        var flow = Assert.Single((await (await _host.Client.GetAsync("/api/v1/outbox/targets")).Is(HttpStatusCode.OK)).Items());
        Assert.Equal((Target, 2, "网关检修"), (flow.Text("target"), flow.GetProperty("waiting").GetInt32(), flow.GetProperty("pause").Text("reason")));
        Assert.Equal([3, 3, 5], flow.GetProperty("forecast").EnumerateArray().Select(after => after.GetProperty("waiting").GetInt32()));

        await (await Turn("resume", new { target = Target })).Is(HttpStatusCode.NoContent);
        await (await Turn("resume", new { target = Target })).Refuses(HttpStatusCode.Conflict, "target.notPaused");
        await _host.TimePasses("PT1M");
        Assert.Equal(3, _world.RequestsTo("POST /sms").Count);
        Assert.Equal(["TargetPaused", "TargetResumed"], (await (await _host.Client.GetAsync($"/api/v1/audit?subject=target:{Target}")).Json()).Items().Select(entry => entry.Text("what")!).Order());
    }

    [Fact]
    public async Task On_the_console_it_is_paused_with_a_reason_and_resumed_by_those_who_operate()
    {
        await Calls();
        var desk = new PageVisit(_host.Client);
        var (_, page) = await desk.Send(await desk.Open("/console/outbox"), "/console/outbox/pause", ("target", Target), ("reason", "网关检修"));
        Assert.Contains("网关检修", page, StringComparison.Ordinal);
        (_, page) = await desk.SendUnoffered("/console/outbox/pause", ("target", Target), ("reason", "网关检修"));
        Assert.Contains("该去向已经暂停", page, StringComparison.Ordinal);
        (_, page) = await desk.Send(page, "/console/outbox/resume", ("target", Target));
        Assert.DoesNotContain("网关检修", page, StringComparison.Ordinal);

        using var auditor = await _host.WithRoles("auditor");
        Assert.DoesNotContain("/console/outbox/pause", await new PageVisit(auditor).Open("/console/outbox"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await new PageVisit(auditor).SendUnoffered("/console/outbox/pause", ("target", Target), ("reason", "网关检修"))).Status);
    }

    public async Task InitializeAsync()
    {
        _world = (await OutsideWorld.Open()).Answers("POST /sms", OutsideAnswer.Ok);
        _host = kind == StorageKind.Sqlite ? await TestHost.OnSqlite("Relief:Outbound:AllowPrivate=true") : await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase(), "Relief:Outbound:AllowPrivate=true");
        await _host.Publish(
            $$"""
            {
              "definitionId": "calling", "name": "外呼",
              "root": { "id": "call", "type": "Elsa.SendHttpRequest", "version": 1,
                        "method": { "typeName": "String", "expression": { "type": "Literal", "value": "POST" } },
                        "url": { "typeName": "String", "expression": { "type": "Literal", "value": "{{new Uri(_world.Address, "sms")}}" } } }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _world.DisposeAsync();
    }

    private async Task Calls()
    {
        await (await _host.Client.PostAsJsonAsync("/api/v1/pathways/calling/instances", new { input = new { } })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
    }

    private Task<HttpResponseMessage> Turn(string deed, object body) => _host.Client.PostAsJsonAsync("/api/v1/outbox/targets/" + deed, body);

    public sealed class OnSqlite() : TargetTests(StorageKind.Sqlite);

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres() : TargetTests(StorageKind.PostgreSql);
}
