using System.Net;
using Relief.Flow.Tests.Host;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Proof;

/// <summary>The real process under load, killed with -9, and its database taken away: nothing is lost, doubled or left lying.</summary>
[Collection(PostgresCollection.Name)]
public sealed class UnderLoad : IAsyncLifetime
{
    private const int Cases = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("relief-flow-load-").FullName;
    private OutsideWorld _world = null!;

    public async Task InitializeAsync() => _world = (await OutsideWorld.Open()).Answers("POST /pay", OutsideAnswer.Ok);

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_again_and_again_on_SQLite_every_accepted_start_has_one_instance_that_finishes()
    {
        var path = Path.Combine(_folder, "relief.db");
        await Killed(["Relief:Storage=Sqlite", $"ConnectionStrings:Relief=Data Source={path}"], () => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System));
    }

    [Fact]
    public async Task Killed_again_and_again_on_PostgreSQL_every_accepted_start_has_one_instance_that_finishes()
    {
        var database = await (await PostgresServer.Shared).NewDatabase();
        await Killed(OnPostgres(database), () => new PostgresStore(database));
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_requests_are_told_to_come_back_and_then_everything_goes_on_by_itself()
    {
        var server = await PostgresServer.Start();
        try
        {
            var database = await server.NewDatabase();
            Crowd crowd;
            await using (var host = await HostProcess.Start(OnPostgres(database)))
            {
                crowd = new Crowd(host.Client, Cases);
                await crowd.Publish(_world.Address);
                var load = crowd.Run();
                for (var time = 1; time <= 2; time++)
                {
                    await Reached(crowd, load, time / 3.0);
                    await server.Stop(immediate: true);
                    using var away = await host.Client.GetAsync("/api/v1/instances");
                    await away.Refuses(HttpStatusCode.ServiceUnavailable, "store.unavailable");
                    Assert.NotNull(away.Headers.RetryAfter);
                    await server.Restart(immediate: true);
                }

                await load;
                await IsWhole(host, crowd);
            }

            Assert.True(crowd.ToldToRetry > 0);
            await Proven(new PostgresStore(database));
        }
        finally
        {
            await server.StopAsync();
        }
    }

    private async Task Killed(string[] settings, Func<IFlowStore> open)
    {
        // Not the same moments each time, but those of a failed run are told by its seed.
        var seed = Environment.TickCount;
        var moments = new Random(seed);
        await using (var host = await HostProcess.Start(settings))
        {
            var crowd = new Crowd(host.Client, Cases);
            await crowd.Publish(_world.Address);
            var load = crowd.Run();
            for (var death = 0; death < 4; death++)
            {
                await Reached(crowd, load, (death + moments.NextDouble()) / 5);
                await host.Kill();
                await host.StartAgain();
            }

            await load;
            await IsWhole(host, crowd);
            Assert.True(host.Deaths == 4, $"seed {seed}");
        }

        await Proven(open());
    }

    private static Task Reached(Crowd crowd, Task load, double share) =>
        Patience.Until(() => load.IsCompleted || crowd.Answered >= crowd.Expected * share, "The load does not move.");

    // Every accepted start is one instance, there is no other, and each called outside under one key of its own.
    private async Task IsWhole(HostProcess host, Crowd crowd)
    {
        var all = (await (await host.Client.GetAsync($"/api/v1/instances?definitionId={Crowd.DefinitionId}&take=100")).Is(HttpStatusCode.OK)).Items();
        Assert.Equal(Cases, crowd.Accepted.Count);
        Assert.Equal(crowd.Accepted.Order(StringComparer.Ordinal), all.Select(one => one.Text("id")!).Order(StringComparer.Ordinal));
        Assert.All(all, one => Assert.Equal("Finished", one.Text("status")));
        Assert.Equal(Cases, _world.RequestsTo("POST /pay").Select(request => request.Header("Idempotency-Key")).Distinct().Count());
    }

    private static async Task Proven(IFlowStore store)
    {
        await using (store)
        {
            await store.Open(null, CancellationToken.None);
            await History.Holds(store);
        }
    }

    private static string[] OnPostgres(string database) =>
        ["Relief:Storage=PostgreSql", $"ConnectionStrings:Relief={database}", "Relief:Runtime:Lease=00:00:05", "Relief:Runtime:SendLease=00:00:03"];
}
