using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Host;

/// <summary>The console and the inbox read the same from PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ConsoleOnPostgresTests : IAsyncLifetime
{
    private TestHost _host = null!;

    [Fact]
    public async Task Every_page_shows_what_stopped_and_what_waits()
    {
        var broken = await Started("broken", new { note = "x" });
        await Started("asking", new { role = "relief-clerk", unit = "99990101" });
        var desk = new PageVisit(_host.Client);

        Assert.Contains("银行回执不符", await desk.Open("/console"), StringComparison.Ordinal);
        Assert.Contains(broken, await desk.Open("/console/instances?status=incident&text=" + broken), StringComparison.Ordinal);
        Assert.Contains("核对银行回执", await desk.Open($"/console/instances/{broken}"), StringComparison.Ordinal);
        Assert.Contains("询问", await desk.Open("/console/definitions"), StringComparison.Ordinal);
        Assert.Contains("step=ask", await desk.Open("/console/definitions/asking"), StringComparison.Ordinal);
        Assert.Contains("外发消息", await desk.Open("/console/outbox"), StringComparison.Ordinal);

        var inbox = new PageVisit(_host.With(TestHost.AdminKey, "clerk-1"));
        var page = await inbox.Open("/tasks?show=open");
        Assert.Contains(">ask<", page, StringComparison.Ordinal);
        var task = System.Text.RegularExpressions.Regex.Match(page, "href=\"(/tasks/[0-9a-f-]{36})\"").Groups[1].Value;
        var (status, claimed) = await inbox.Send(await inbox.Open(task), $"{task}/claim");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("已办结", (await inbox.Send(claimed, $"{task}/complete", ("outcome", "Done"))).Page, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        _host = await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase(), "Relief:SeedExample=true", "Relief:PersonalDataKey=" + Convert.ToBase64String(new byte[32]));
        await _host.Publish(Sketches.Broken);
        await _host.Publish(Sketches.Asking);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private async Task<string> Started(string definition, object input)
    {
        var started = await (await _host.Client.PostAsJsonAsync($"/api/v1/pathways/{definition}/instances", new { input })).Is(HttpStatusCode.Accepted);
        await _host.TimePasses("PT0S");
        return started.Text("instanceId")!;
    }
}
