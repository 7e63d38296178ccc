using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>Many clients of the real process who say the same at the same time.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RacesOverRest
{
    private const int Clients = 20;

    [Fact]
    public async Task On_SQLite_many_clients_start_wake_and_complete_once() => await Race(await TestHost.OnSqlite());

    [Fact]
    public async Task On_PostgreSQL_many_clients_start_wake_and_complete_once() =>
        await Race(await TestHost.OnPostgres(await (await PostgresServer.Shared).NewDatabase()));

    private static async Task Race(TestHost host)
    {
        await using (host)
        {
            await host.Publish(Sketches.WaitAndLook);
            var starts = await AtOnce(host, "/api/v1/pathways/wait-and-look/instances", "start-1", new { correlationId = "c", input = new { caseId = "x" } }, HttpStatusCode.Accepted);
            var id = Assert.Single(starts.Select(start => start.Text("instanceId")).Distinct());
            await host.TimePasses("PT0S");

            var events = await AtOnce(host, "/api/v1/events", "event-1", new { name = "go", correlationId = "c" }, HttpStatusCode.OK);
            Assert.Contains(events, receipt => receipt.GetProperty("delivered").GetInt32() == 1);
            await host.TimePasses("PT0S");

            var task = Assert.Single((await (await host.Client.GetAsync($"/api/v1/tasks?instanceId={id}")).Json()).Items()).Text("id");
            var completions = await AtOnce(host, $"/api/v1/tasks/{task}/complete", null, new { outcome = "Done" }, HttpStatusCode.OK);
            Assert.All(completions, completion => Assert.Equal("Done", completion.Text("outcome")));
            await host.TimePasses("PT0S");

            var one = Assert.Single((await (await host.Client.GetAsync("/api/v1/instances")).Json()).Items());
            Assert.Equal("Finished", one.Text("status"));
            var deeds = (await (await host.Client.GetAsync($"/api/v1/tasks/{task}")).Json()).GetProperty("events").EnumerateArray();
            Assert.Single(deeds);
        }
    }

    private static Task<JsonElement[]> AtOnce(TestHost host, string address, string? key, object body, HttpStatusCode status) =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            return await (await host.Client.SendAsync(request)).Is(status);
        }));
}
