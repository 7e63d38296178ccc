using System.Globalization;
using System.Text.Json.Nodes;
using Relief.Flow.Tests.Kernel;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;

namespace Relief.Flow.Tests.Proof;

/// <summary>A proof told once and run on both databases: each theme is an abstract class with one heir per database.</summary>
/// <remarks>When a test has ended, its journal is proven: <see cref="History.Holds"/>.</remarks>
public abstract class ProofTests : IAsyncLifetime
{
    private Engine? _engine;

    internal Engine Engine => _engine ?? throw new InvalidOperationException("The engine is not open yet.");

    /// <summary>How to open the store again and again on one database.</summary>
    protected abstract Task<Func<IFlowStore>> Database();

    public async Task InitializeAsync() => _engine = await Engine.Open(await Database(), Plan);

    public async Task DisposeAsync()
    {
        try
        {
            await Engine.Quiet();
            await History.Holds(Engine.Store);
        }
        finally
        {
            await Engine.DisposeAsync();
        }
    }

    /// <summary>When the process dies; never, unless a test arms it.</summary>
    protected CrashPlan Plan { get; } = new();

    protected static Task<Func<IFlowStore>> OnFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("relief-flow-proof-").FullName, "flow.db");
        return Task.FromResult<Func<IFlowStore>>(() => new SqliteStore(new SqliteStoreOptions { Path = path }, TimeProvider.System));
    }

    protected static async Task<Func<IFlowStore>> OnServer()
    {
        var database = await PostgresTemplate.Copy();
        return () => new PostgresStore(database);
    }

    /// <summary>A flowchart whose plain activities note that they ran.</summary>
    protected static string Notes(string id, string activities, string lines, Action<JsonObject>? change = null) => Drawn.FlowchartJson(activities, lines, envelope =>
    {
        foreach (var node in envelope["root"]!["activities"]!.AsArray().Where(node => (string?)node!["type"] == "Test.Step"))
            node!["type"] = "Test.Note";
        change?.Invoke(envelope);
    }, id);

    protected static void Set(JsonObject envelope, string activity, string input, object value) => Drawn.Find(envelope, activity)[input] = Drawn.Literal(value);

    /// <summary>Lets an activity throw until it is mended.</summary>
    protected static void Breaks(JsonObject envelope, string activity) => Drawn.Find(envelope, activity)["type"] = "Test.Fail";

    protected static EventToPublish Event(string name, string? correlationId = null) => new(name, correlationId, FlowJson.Of<object?>(null), EventToPublish.Week);

    internal async Task<InstanceStatus> StatusOf(Guid id) =>
        (InstanceStatus)int.Parse(await Ask($"select status from instance where id = '{id}'"), CultureInfo.InvariantCulture);

    internal async Task<int> Count(string what) => int.Parse(await Ask($"select count(*) from {what}"), CultureInfo.InvariantCulture);

    internal Task<string> Ask(string sql) => Engine.Store.Change(async (unit, cancellationToken) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) ?? "";
    }, CancellationToken.None);
}
