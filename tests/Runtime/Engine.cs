using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Runtime;

/// <summary>The whole engine in this process, on a real database, with a clock that stands still until it is moved.</summary>
internal sealed class Engine : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);

    private readonly EngineParts _parts;
    private ServiceProvider _services = null!;

    private Engine(EngineParts parts) => _parts = parts;

    public IFlowStore Store => _services.GetRequiredService<IFlowStore>();

    public Flows Flows => _services.GetRequiredService<Flows>();

    public DefinitionLibrary Library => _services.GetRequiredService<DefinitionLibrary>();

    public ActivityCatalog Catalog => _services.GetRequiredService<ActivityCatalog>();

    /// <summary>How often the process had to be started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Opens an engine on a SQLite file that goes with it.</summary>
    public static async Task<Engine> OnFile(CrashPlan? plan = null, RuntimeOptions? options = null)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("flow").FullName, "flow.db");
        return await Open(() => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System), plan, options);
    }

    public static Task<Engine> Open(Func<IFlowStore> open, CrashPlan? plan = null, RuntimeOptions? options = null) =>
        Open(new EngineParts { Open = open, Plan = plan ?? new CrashPlan(), Options = options ?? new RuntimeOptions { NodeId = 1 } });

    public static async Task<Engine> Open(EngineParts parts)
    {
        var engine = new Engine(parts);
        await engine.Boot(parts.Clock);
        return engine;
    }

    public async Task Publish(string json)
    {
        var result = await Library.Import(Encoding.UTF8.GetBytes(json), publish: true, "test", CancellationToken.None);
        Assert.True(result.Stored is not null, string.Join("; ", result.Problems.Select(problem => problem.Code + " " + problem.Message)));
    }

    /// <summary>Starts an instance under a key made of its business key, so that a repeat after a crash starts nothing twice.</summary>
    public async Task<Guid> Start(string definitionId, object? input = null, string? correlationId = null, string? subjectId = null)
    {
        var key = new IdempotencyKey("test", $"{definitionId}:{correlationId}:{Guid.NewGuid()}", "hash");
        var request = new StartInstance(definitionId, FlowJson.Of(input ?? new { }), "test") { CorrelationId = correlationId, SubjectId = subjectId, Key = key };
        var result = await Survive(() => Flows.Start(request, CancellationToken.None));
        await Quiet();
        return result switch
        {
            Started started => started.InstanceId,
            Repeated repeated => repeated.InstanceId,
            _ => throw new InvalidOperationException(JsonSerializer.Serialize<object>(result))
        };
    }

    /// <summary>Waits until nothing runs and nothing is due; after a planted crash the process is started again.</summary>
    public async Task Quiet() => await Advance((await Survive(() => Store.ReadClock(CancellationToken.None))).Now);

    public async Task Advance(DateTimeOffset to)
    {
        var result = await Survive(() => _services.GetRequiredService<ManualClock>().Advance(to, CancellationToken.None));
        Assert.True(result is Advanced, FlowJson.Of<object>(result).GetRawText());
        await Survive(() => Store.ReadAgenda(CancellationToken.None));
    }

    public async Task TimePasses(TimeSpan span) => await Advance((await Survive(() => Store.ReadClock(CancellationToken.None))).Now + span);

    /// <summary>The id of the one task that is open.</summary>
    public Task<Guid> OpenTask() => Survive(() => Store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "select id from task where state in (1, 2)";
        return Guid.Parse((await command.ExecuteScalarAsync(cancellation))!.ToString()!);
    }, CancellationToken.None));

    /// <summary>Does something, and once more when the process died meanwhile: as a client with a key would.</summary>
    public async Task<T> Survive<T>(Func<Task<T>> deed)
    {
        while (true)
        {
            try
            {
                var done = await deed();
                if (!_parts.Plan.IsDead)
                {
                    return done;
                }
            }
            catch (Crash)
            {
                // Falls through to the next process.
            }

            await Reboot();
        }
    }

    /// <summary>Ends this process as a crash would, without any farewell, and starts the next one on the same database.</summary>
    public async Task Reboot()
    {
        _parts.Plan.IsDead = true;
        await Shut();
        _parts.Plan.IsDead = false;
        Restarts++;
        await Boot(null);
    }

    public async ValueTask DisposeAsync() => await Shut();

    private async Task Boot(DateTimeOffset? clock)
    {
        var inner = _parts.Open();
        await inner.Open(null, CancellationToken.None);
        if (clock is { } moment)
        {
            await inner.SetClock(moment, CancellationToken.None);
        }
        else if (_parts.Plan.Everywhere)
        {
            await Forgive(inner);
        }

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddSingleton(inner);
        services.AddSingleton(CrashingStore.Around(inner, _parts.Plan));
        services.AddWorkflows(_parts.Options, _parts.Activities);
        _parts.Also(services);
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<FlowNode>().StartAsync(CancellationToken.None);
    }

    // Deaths at other writes, dozens in a row, would be counted as a burst's own until it is left alone as poison (K5), and each message that the dead process was sending would
    // wait for its lease to run out while the clock stands: both are told elsewhere. Here the next process comes when the lease is over.
    private static Task<int> Forgive(IFlowStore store) => store.Change(async (unit, cancellation) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "update work set attempts = 0; update outbox set lease_until = 0 where lease_until is not null";
        return await command.ExecuteNonQueryAsync(cancellation);
    }, CancellationToken.None);

    private async Task Shut()
    {
        await _services.GetRequiredService<FlowNode>().StopAsync(CancellationToken.None);
        var stores = _services.GetServices<IFlowStore>().ToArray();
        await _services.DisposeAsync();
        await stores[0].DisposeAsync();
    }
}
