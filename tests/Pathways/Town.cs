using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Sqlite;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Pathways;

/// <summary>The example county in one process: the whole engine, the committed definitions, the relief records, a clock that stands still.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("town").FullName, "town.db");
    private ServiceProvider services = null!;

    public Flows Flows => services.GetRequiredService<Flows>();

    public static DateTimeOffset Local(int month, int day, int hour = 9, int minute = 0) => new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    public static async Task<Town> Open(DateTimeOffset now)
    {
        var town = new Town();
        var store = new SqliteStore(new SqliteStoreOptions { Path = town.path }, TimeProvider.System);
        await store.Open(null, None);
        await using (var connection = new SqliteConnection($"Data Source={town.path};Pooling=False"))
        {
            await connection.OpenAsync();
            await ReliefSchema.Apply(connection, StorageKind.Sqlite, None);
        }

        await town.Set(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Local(1, 4), None));
        await store.SetClock(now, None);
        var container = new ServiceCollection();
        container.AddSingleton(new ReliefDatabase(StorageKind.Sqlite, $"Data Source={town.path}"));
        container.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        container.AddSingleton<IFlowStore>(store);
        container.AddWorkflows(new RuntimeOptions { NodeId = 1 }, typeof(ReliefDbContext).Assembly);
        town.services = container.BuildServiceProvider();
        await town.services.GetRequiredService<FlowNode>().StartAsync(None);
        foreach (var file in Directory.GetFiles(Repository.At("definitions"), "*.json").Order())
            await town.Publish(file);
        return town;
    }

    /// <summary>Runs until a moment, from due instant to due instant.</summary>
    public async Task At(DateTimeOffset to)
    {
        var result = await services.GetRequiredService<ManualClock>().Advance(to, None);
        Assert.True(result is Advanced, JsonSerializer.Serialize<object>(result));
        Assert.Empty(await Rows("select instance_id || ' ' || coalesce(fault_activity, '') || ' ' || coalesce(fault_code, '') || ' ' || coalesce(fault_message, '') from (select id as instance_id, * from instance) where incidents > 0"));
    }

    public Task Quiet() => Now(async now => await At(now));

    public async Task<Guid> Start(string definitionId, object input, Guid? id = null)
    {
        var request = new StartInstance(definitionId, Json(input), "test") { InstanceId = id, SubjectId = "person:zhang" };
        var result = await Flows.Start(request, None);
        await Quiet();
        return result is Started started ? started.InstanceId : ((Repeated)result).InstanceId;
    }

    public async Task Publish(string name, object payload)
    {
        await Flows.Publish(new EventToPublish(name, null, Json(payload), EventToPublish.Week), None);
        await Quiet();
    }

    /// <summary>A person completes the oldest open task of a kind.</summary>
    public async Task Complete(string kind, string by, string outcome, object? data = null)
    {
        var id = (await Rows($"select id from task where kind = '{kind}' and state in (1, 2) order by created_at, id")).FirstOrDefault();
        Assert.True(id is not null, $"no open task {kind}; open: {string.Join(", ", await Rows("select kind from task where state in (1, 2)"))}");
        var receipt = await Flows.Act(new TaskDeed(Guid.Parse(id!), TaskVerb.Complete, by, Outcome: outcome, Data: Json(data ?? new { })), None);
        Assert.Equal(TaskOutcome.Done, receipt.Outcome);
        await Quiet();
    }

    /// <summary>Reads the records as they are committed.</summary>
    public async Task<T> Read<T>(Func<ReliefDbContext, Task<T>> read)
    {
        await using var db = ReliefDbContext.Reading($"Data Source={path}", StorageKind.Sqlite);
        return await read(db);
    }

    /// <summary>Changes records outside any pathway, to set a scene.</summary>
    public async Task Set(Func<ReliefDbContext, Task> change)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = ReliefDbContext.Over(new UnitOfWork(connection, transaction));
        await change(db);
        await transaction.CommitAsync();
    }

    public async Task<List<string>> Rows(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await services.GetRequiredService<FlowNode>().StopAsync(None);
        var store = services.GetRequiredService<IFlowStore>();
        await services.DisposeAsync();
        await store.DisposeAsync();
    }

    private async Task Publish(string file)
    {
        var library = services.GetRequiredService<DefinitionLibrary>();
        var result = await library.Import(await File.ReadAllBytesAsync(file), publish: true, "test", None);
        Assert.True(result.Stored is not null && result.Problems.IsEmpty, Path.GetFileName(file) + ": " + string.Join("; ", result.Problems.Select(problem => $"{problem.Code} {problem.ActivityId} {problem.Message}")));
    }

    private async Task Now(Func<DateTimeOffset, Task> then) => await then((await services.GetRequiredService<IFlowStore>().ReadClock(None)).Now);

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);
}
