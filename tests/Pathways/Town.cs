using System.Globalization;
using System.Text.Json;
using Relief.Flow.Activities;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Pathways;

/// <summary>The example county in one process: the whole engine, the committed definitions, the relief records, a clock that stands still.</summary>
/// <remarks>Each deed has a key, and is done again when the process died before it was answered: a story goes on as people would.</remarks>
internal sealed class Town : IAsyncDisposable
{
    private readonly TownDatabase database;
    private readonly Engine engine;
    private int starts, events;

    private Town(TownDatabase database, Engine engine)
    {
        this.database = database;
        this.engine = engine;
    }

    public IFlowStore Store => engine.Store;

    public static DateTimeOffset Local(int month, int day, int hour = 9, int minute = 0) => new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    public static Task<Town> Open(StorageKind kind, DateTimeOffset now) => Open(kind, now, new CrashPlan(), null);

    /// <param name="kind">Which of the two databases.</param>
    /// <param name="now">When the story begins.</param>
    /// <param name="plan">When the process dies.</param>
    /// <param name="gateway">Where notices are posted; null to keep them in the register.</param>
    public static async Task<Town> Open(StorageKind kind, DateTimeOffset now, CrashPlan plan, Uri? gateway)
    {
        var database = await TownDatabase.New(kind);
        return new Town(database, await Engine.Open(database.Parts with
        {
            Plan = plan,
            Options = new RuntimeOptions { NodeId = 1, NotificationGateway = gateway },
            Clock = now
        }));
    }

    /// <summary>Runs until a moment, from due instant to due instant; nothing may have an incident then.</summary>
    public async Task At(DateTimeOffset to)
    {
        await engine.Advance(to);
        Assert.Empty(await Rows("select definition_id || ' ' || coalesce(fault_activity, '') || ' ' || coalesce(fault_code, '') || ' ' || coalesce(fault_message, '') from instance where incidents > 0"));
    }

    public async Task Quiet()
    {
        await engine.Quiet();
        await At((await engine.Survive(() => Store.ReadClock(None))).Now);
    }

    public async Task<Guid> Start(string definitionId, object input, Guid? id = null, string subject = "person:zhang")
    {
        var own = id ?? StableId.Of($"{definitionId}:{++starts}");
        var request = new StartInstance(definitionId, Json(input), "test") { InstanceId = own, SubjectId = subject };
        var result = await engine.Survive(() => engine.Flows.Start(request, None));
        Assert.True(result is Started or Repeated, result.ToString());
        await Quiet();
        return own;
    }

    public async Task Publish(string name, object payload)
    {
        var said = new EventToPublish(name, null, Json(payload), EventToPublish.Week, $"{name}:{++events}");
        await engine.Survive(() => engine.Flows.Publish(said, None));
        await Quiet();
    }

    /// <summary>A person completes the oldest open task of a kind; with <c>kind@unit</c>, of that unit.</summary>
    public async Task Complete(string kind, string by, string outcome, object? data = null)
    {
        var of = kind.Split('@') is [var name, var unit] ? $"kind = '{name}' and unit = '{unit}'" : $"kind = '{kind}'";
        var id = (await Rows($"select id from task where {of} and state in (1, 2) order by created_at, id")).FirstOrDefault();
        Assert.True(id is not null, $"no open task {kind}; open: {string.Join(", ", await Rows("select kind from task where state in (1, 2)"))}; not run: {string.Join(", ", await Rows("select cast(attempts as text) from work"))}");
        var deed = new TaskDeed(Guid.Parse(id!), TaskVerb.Complete, by, Outcome: outcome, Data: Json(data ?? new { }));
        var receipt = await engine.Survive(() => engine.Flows.Act(deed, None));
        Assert.True(receipt.Outcome is TaskOutcome.Done or TaskOutcome.Repeated, $"{kind}: {receipt.Outcome}");
        await Quiet();
    }

    /// <summary>The keeper files every paper that the file of the oldest open task still misses.</summary>
    public async Task Files(string by)
    {
        var missing = (await Rows("select data ->> 'missing' from task where kind = 'archive' and state in (1, 2) order by created_at, id"))[0];
        await Complete("archive", by, "Filed", new { papers = JsonSerializer.Deserialize<string[]>(missing)!.Select(kind => new { kind, documentHash = "sha256:" + kind }) });
    }

    /// <summary>The three parties sign the oldest agreement that waits for them.</summary>
    public async Task Sign(string supplier)
    {
        foreach (var party in new[] { "Township", "Supplier", "Person" })
            await Complete("agreement." + party, party == "Supplier" ? supplier : "clerk-1", "Signed");
    }

    /// <summary>Reads the records as they are committed.</summary>
    public async Task<T> Read<T>(Func<ReliefDbContext, Task<T>> read)
    {
        await using var db = new ReliefDatabase(database.Kind, database.ConnectionString).Reading();
        return await read(db);
    }

    /// <inheritdoc cref="TownDatabase.Set"/>
    public Task Set(Func<ReliefDbContext, Task> change) => database.Set(change);

    /// <summary>The first column of each row, as text.</summary>
    public async Task<List<string>> Rows(string sql) => [.. (await Table(sql)).Select(row => row[0])];

    /// <summary>The first column of each row, which is a moment.</summary>
    public async Task<IEnumerable<DateTimeOffset>> Moments(string sql) => (await Rows(sql)).Select(text => database.Kind == StorageKind.Sqlite
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>All columns of each row, as text; bytes in base64.</summary>
    public async Task<List<string[]>> Table(string sql)
    {
        await using var connection = await database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string[]> rows = [];
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))]);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        database.Remove();
    }

    private static string Text(object value) => value switch
    {
        DBNull => "-",
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime moment => moment.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!
    };

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web);
}
