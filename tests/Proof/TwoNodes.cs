using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows.Storage.Postgres;

namespace Relief.Flow.Tests.Proof;

/// <summary>Two processes on one PostgreSQL, one of which stands still for longer than its leases and does not know it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TwoNodes
{
    private const int Cases = 6;
    private const int Steps = 250;

    [Fact]
    public async Task A_node_that_was_paused_past_its_lease_is_fenced_and_nothing_is_doubled()
    {
        var database = await (await PostgresServer.Shared).NewDatabase();
        await using (var sleeper = await HostProcess.Start(Node(database, 1)))
        await using (var waker = await HostProcess.Start(Node(database, 2)))
        {
            (await sleeper.Client.PostAsync("/api/v1/definitions/import?publish=true", Answers.Body(LongBurst()))).EnsureSuccessStatusCode();
            await Task.WhenAll(Enumerable.Range(0, Cases).Select(async number => await (await sleeper.Client.PostAsJsonAsync(
                "/api/v1/pathways/long-burst/instances", new { correlationId = $"case-{number}", input = new { } })).Is(HttpStatusCode.Accepted)));
            await Patience.Until(async () => await HeldBy(database, 1) > 0, () => "The first node claims nothing.");

            await sleeper.Pause();
            Assert.True(await HeldBy(database, 1) > 0, "The first node was done before it could be stopped.");
            await Patience.Until(async () => await HeldBy(database, 1) == 0, () => "The second node does not take over.");
            await sleeper.GoOn();

            await Patience.Until(() => sleeper.Printed.Any(line => line.Contains("was fenced", StringComparison.Ordinal)), "The first node was not fenced.");
            var seen = "";
            await Patience.Until(async () => (seen = await Statuses(waker.Client)) == string.Join(' ', Enumerable.Repeat("Finished", Cases)), () => $"They stand at {seen}");
        }

        await using var store = new PostgresStore(database);
        await store.Open(null, CancellationToken.None);
        await History.Holds(store);
    }

    private static string[] Node(string database, int number) =>
    [
        "Relief:Storage=PostgreSql", $"ConnectionStrings:Relief={database}", $"Relief:Runtime:NodeId={number}", "Relief:Runtime:Lease=00:00:03"
    ];

    // Many short scripts: the burst takes long enough to be caught in, and is claimed anew where it stopped.
    private static string LongBurst()
    {
        var names = Enumerable.Range(1, Steps).Select(number => $"s{number}").ToArray();
        var lines = string.Join(' ', names.Zip(names.Skip(1), (one, next) => $"{one}>{next}"));
        return Drawn.FlowchartJson(string.Join(' ', names.Select(name => name + ":WriteLine")), lines, envelope =>
        {
            foreach (var name in names)
                Drawn.Find(envelope, name)["text"] = Drawn.Script("(function () { var sum = 0; for (var i = 0; i < 300; i++) { sum += i; } return 'sum ' + sum; })()");
        }, "long-burst");
    }

    private static async Task<long> HeldBy(string database, int node)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from flow.work where claim_token is not null and claimed_by = {node}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> Statuses(HttpClient client)
    {
        var all = (await (await client.GetAsync("/api/v1/instances?definitionId=long-burst")).Is(HttpStatusCode.OK)).Items();
        return string.Join(' ', all.Select(one => one.Text("status") + one.Text("faultMessage")));
    }
}
