using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Proof;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Tests.Host;

/// <summary>Calls of definitions stay out of the house unless the configuration lets them in; and a clock that cannot come to rest says what still runs.</summary>
public sealed class OutboundTests : IAsyncLifetime
{
    private OutsideWorld _world = null!;

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://[::ffff:10.0.0.1]:9/")]
    [InlineData("http://10.1.2.3:9/")]
    [InlineData("http://172.16.0.1:9/")]
    [InlineData("http://192.168.1.1:9/")]
    [InlineData("http://169.254.169.254:9/")]
    [InlineData("http://100.64.0.1:9/")]
    [InlineData("http://[fd00::1]:9/")]
    [InlineData("http://[fe80::1]:9/")]
    public async Task A_private_or_loopback_address_is_not_even_connected_to(string url)
    {
        using var guarded = new OutboundHttp(new RuntimeOptions());
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => guarded.Send(new HttpCall("GET", url), Guid.NewGuid(), CancellationToken.None));
        Assert.Contains("Relief:Outbound:AllowPrivate", refusal.ToString());
    }

    [Fact]
    public async Task A_definition_that_calls_into_the_house_gets_an_incident_and_no_answer()
    {
        await using var host = await TestHost.OnSqlite();
        var instance = await Calling(host);
        await host.TimePasses("P1D");   // beyond the last attempt

        Assert.Empty(_world.Requests);
        var found = (await (await host.Client.GetAsync($"/api/v1/instances/{instance}")).Is(HttpStatusCode.OK)).GetProperty("summary");
        Assert.Equal("Faulted", found.Text("status"));
        Assert.Contains("Relief:Outbound:AllowPrivate", found.GetRawText());
    }

    [Fact]
    public async Task With_the_setting_it_is_called()
    {
        await using var host = await TestHost.OnSqlite("Relief:Outbound:AllowPrivate=true");
        var instance = await Calling(host);
        await host.TimePasses("PT0S");

        Assert.Single(_world.RequestsTo("GET /inside"));
        Assert.Equal("Finished", (await (await host.Client.GetAsync($"/api/v1/instances/{instance}")).Json()).GetProperty("summary").Text("status"));
    }

    [Fact]
    public async Task A_clock_that_cannot_come_to_rest_says_what_still_runs_and_goes_on_later()
    {
        var answer = new TaskCompletionSource();
        _world.Answers("GET /inside", OutsideAnswer.Ok.After(answer.Task));
        await using var host = await TestHost.OnSqlite("Relief:Outbound:AllowPrivate=true", "Relief:Runtime:ClockPatience=00:00:02");
        await Calling(host);
        await _world.Next();

        var problem = await (await host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { by = "P1D" })).Refuses(HttpStatusCode.Conflict, "clock.stillRunning");
        Assert.Equal(TestHost.Monday, problem.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(1, problem.GetProperty("agenda").GetProperty("leaving").GetInt32());
        Assert.Equal(JsonValueKind.Array, problem.GetProperty("running").ValueKind);

        answer.SetResult();
        var advanced = await (await host.Client.PostAsJsonAsync("/api/v1/clock/advance", new { by = "P1D" })).Is(HttpStatusCode.OK);
        Assert.Equal(TestHost.Monday.AddDays(1), advanced.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_call_that_is_not_answered_holds_up_nothing_that_leaves_after_it()
    {
        var answer = new TaskCompletionSource();
        _world.Answers("GET /inside", OutsideAnswer.Ok.After(answer.Task), OutsideAnswer.Ok);
        await using var host = await TestHost.OnSqlite("Relief:Outbound:AllowPrivate=true");
        var slow = await Calling(host);
        await _world.Next();
        var quick = (await (await host.Client.PostAsJsonAsync("/api/v1/pathways/calling/instances", new { })).Is(HttpStatusCode.Accepted)).Text("instanceId");
        await Patience.Until(async () => await Status(host, quick!) == "Finished", () => "The second call waits for the first.");
        Assert.NotEqual("Finished", await Status(host, slow));
        answer.SetResult();
        await Patience.Until(async () => await Status(host, slow) == "Finished", () => "The first call does not end.");
    }

    public async Task InitializeAsync() => _world = (await OutsideWorld.Open()).Answers("GET /inside", OutsideAnswer.Ok);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private static async Task<string?> Status(TestHost host, string instance) =>
        (await (await host.Client.GetAsync($"/api/v1/instances/{instance}")).Json()).GetProperty("summary").Text("status");

    private async Task<string> Calling(TestHost host)
    {
        await host.Publish(
            """
            {
              "definitionId": "calling", "name": "呼出",
              "root": { "id": "call", "type": "Elsa.SendHttpRequest", "version": 1, "url": { "typeName": "String", "expression": { "type": "Literal", "value": "URL" } } }
            }
            """.Replace("URL", new Uri(_world.Address, "inside").ToString(), StringComparison.Ordinal));
        var started = await (await host.Client.PostAsJsonAsync("/api/v1/pathways/calling/instances", new { })).Is(HttpStatusCode.Accepted);
        return started.Text("instanceId")!;
    }
}
