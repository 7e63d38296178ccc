using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Relief.Flow.Activities;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Seed;
using Relief.Flow.Tests.Runtime;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;
using Relief.Flow.Workflows.Storage.Sqlite;
using static System.Threading.CancellationToken;

namespace Relief.Flow.Tests.Pathways;

/// <summary>A database of a town's own with the invented county in it: a file, or one of the tests' PostgreSQL.</summary>
internal sealed record TownDatabase(StorageKind Kind, string ConnectionString)
{
    private static readonly Lazy<Task<string>> Filled = new(MakeFile);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);

    // They hold nothing of a process: one for all lives of all towns.
    private static readonly ActivityCatalog Catalog = new([typeof(ReliefDatabase).Assembly]);
    private static readonly NoticeTemplates Texts = new([typeof(ReliefDatabase).Assembly]);
    private static readonly ExpressionEvaluator Evaluator = new();

    /// <summary>What an engine on it is made of.</summary>
    public EngineParts Parts => new()
    {
        Open = Store,
        Clock = Town.Local(1, 4),
        Activities = typeof(ReliefDatabase).Assembly,
        Also = services => services
            .AddSingleton(new ReliefDatabase(Kind, ConnectionString)).AddSingleton(new PersonalDataKey(new byte[32]))
            .AddSingleton(Catalog).AddSingleton(Texts).AddSingleton(Evaluator)
    };

    public static async Task<TownDatabase> New(StorageKind kind)
    {
        if (kind == StorageKind.PostgreSql)
            return new(kind, new NpgsqlConnectionStringBuilder(await (await PostgresServer.Shared).CopyOf(await Template.Value)) { SearchPath = "flow,relief,public" }.ConnectionString);
        var path = Path.Combine(Scratch.Folder("town"), "town.db");
        File.Copy(await Filled.Value, path);
        return new(kind, $"Data Source={path}");
    }

    public IFlowStore Store() => Kind == StorageKind.PostgreSql
        ? new PostgresStore(ConnectionString)
        : new SqliteStore(new SqliteStoreOptions { Path = new SqliteConnectionStringBuilder(ConnectionString).DataSource }, TimeProvider.System);

    /// <summary>An open connection beside the engine's.</summary>
    public async Task<DbConnection> Connect()
    {
        DbConnection connection = Kind == StorageKind.PostgreSql ? new NpgsqlConnection(ConnectionString) : new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Removes the file with everything beside it; the server's databases go with the server.</summary>
    public void Remove()
    {
        if (Kind != StorageKind.Sqlite)
            return;
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        Directory.Delete(Path.GetDirectoryName(connection.DataSource)!, recursive: true);
    }

    /// <summary>Changes records outside any pathway, to set a scene.</summary>
    public async Task Set(Func<ReliefDbContext, Task> change)
    {
        await using var connection = await Connect();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = ReliefDbContext.Over(new UnitOfWork(connection, transaction));
        await change(db);
        await transaction.CommitAsync();
    }

    private static async Task<string> MakeFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("town-template").FullName, "town.db");
        await new TownDatabase(StorageKind.Sqlite, $"Data Source={path};Pooling=False").Fill();
        return path;
    }

    private static async Task<string> MakeTemplate()
    {
        // Without a pool: nobody may be connected to what is copied.
        var database = new NpgsqlConnectionStringBuilder(await PostgresTemplate.Copy()) { Pooling = false, SearchPath = "flow,relief,public" };
        await new TownDatabase(StorageKind.PostgreSql, database.ConnectionString).Fill();
        return database.Database!;
    }

    private async Task Fill()
    {
        await using (var store = Store())
            await store.Open((unit, cancellationToken) => ReliefSchema.Apply(unit, Kind, cancellationToken), None);
        await Set(db => new ExampleCounty(db, new PersonalDataKey(new byte[32])).Write(Town.Local(1, 4), None));
        await using (var engine = await Engine.Open(Parts))
        {
            foreach (var file in Directory.GetFiles(Repository.At("definitions"), "*.json").Order())
                await Publish(engine, file);
        }

        if (Kind == StorageKind.Sqlite)
        {
            await using var connection = await Connect();
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task Publish(Engine engine, string file)
    {
        var result = await engine.Library.Import(await File.ReadAllBytesAsync(file), publish: true, "test", None);
        Assert.True(result.Stored is not null && result.Problems.IsEmpty, Path.GetFileName(file) + ": " + string.Join("; ", result.Problems.Select(problem => $"{problem.Code} {problem.ActivityId} {problem.Message}")));
    }
}
