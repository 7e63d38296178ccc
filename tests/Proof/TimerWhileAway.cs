using System.Net;
using System.Net.Http.Json;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Proof;

/// <summary>Elsa 3.8: a timer that comes due while the database is down is tried once and lost until the process is started again.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TimerWhileAway
{
    [Fact]
    public async Task A_timer_that_comes_due_while_the_database_is_away_fires_when_it_is_back()
    {
        var server = await PostgresServer.Start();
        try
        {
            await using var host = await TestHost.OnPostgres(await server.NewDatabase(), "Relief:Clock:Manual=false");
            await host.Publish(Drawn.FlowchartJson("d:Delay", "", envelope => Drawn.Find(envelope, "d")["timeSpan"] = Drawn.Literal("00:00:03"), "three-seconds"));
            var started = await (await host.Client.PostAsJsonAsync("/api/v1/pathways/three-seconds/instances", new { input = new { } })).Is(HttpStatusCode.Accepted);
            var address = $"/api/v1/instances/{started.Text("instanceId")}";
            await Patience.Until(async () => await Status(host, address) == "Waiting", () => "It does not wait.");
            var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);

            await server.Stop(immediate: true);
            await Patience.Until(() => TimeProvider.System.GetUtcNow() > due, "Time stands still.");
            await server.Restart(immediate: true);

            await Patience.Until(async () => await Status(host, address) == "Finished", () => "The timer is lost.");
        }
        finally
        {
            await server.StopAsync();
        }
    }

    private static async Task<string?> Status(TestHost host, string address)
    {
        using var answer = await host.Client.GetAsync(address);
        return answer.IsSuccessStatusCode ? (await answer.Json()).GetProperty("summary").Text("status") : null;
    }
}
