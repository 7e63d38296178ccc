using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Relief.Flow.Activities;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Activities;

/// <summary>A relief test on a real database of its own; every write is its own transaction, as in a burst.</summary>
public abstract class ReliefTest(StorageKind kind) : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplate);
    private static readonly Lazy<Task<string>> Blank = new(MakeFile);
    private readonly string folder = Scratch.Folder("relief-");
    private DbConnection connection = null!;
    private string connectionString = "";
    private int deeds;

    protected const string County = "999900";

    protected static DateTimeOffset Morning(int month, int day) => new(2026, month, day, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A deed with a key of its own on 16 March 2026.</summary>
    protected Deed ByClerk(string by = "clerk-1", DateTimeOffset? at = null) => new(by, at ?? Morning(3, 16), $"deed-{Interlocked.Increment(ref deeds)}");

    /// <summary>Does it in one transaction and commits.</summary>
    protected async Task<T> Do<T>(Func<ReliefDbContext, Task<T>> work)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = ReliefDbContext.Over(new UnitOfWork(connection, transaction), kind);
        var result = await work(context);
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>A second connection, for what happens at the same time.</summary>
    protected async Task<DbConnection> Connect()
    {
        DbConnection other = kind == StorageKind.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await other.OpenAsync();
        return other;
    }

    /// <summary>Does it in one transaction on a connection of its own, so that several may run at the same time.</summary>
    protected async Task<T> DoApart<T>(Func<ReliefDbContext, Task<T>> work)
    {
        await using var apart = await Connect();
        await using var transaction = await apart.BeginTransactionAsync();
        await using var context = ReliefDbContext.Over(new UnitOfWork(apart, transaction), kind);
        var result = await work(context);
        await transaction.CommitAsync();
        return result;
    }

    /// <summary>The database as activities ask for it.</summary>
    protected ReliefDatabase Database => new(kind, connectionString);

    /// <summary>Runs something in one transaction and commits, as the engine runs an activity that changes records.</summary>
    protected async Task<T> InUnit<T>(Func<UnitOfWork, Task<T>> work)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(new UnitOfWork(connection, transaction));
        await transaction.CommitAsync();
        return result;
    }

    /// <inheritdoc cref="Do{T}"/>
    protected Task Do(Func<ReliefDbContext, Task> work) => Do(async context =>
    {
        await work(context);
        return true;
    });

    /// <summary>The database itself refuses it, with the words given in its message, and nothing of it stays.</summary>
    protected async Task Refused(string because, Func<ReliefDbContext, Task> work)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var context = ReliefDbContext.Over(new UnitOfWork(connection, transaction), kind);
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => work(context));
        var message = (refusal is DbUpdateException { InnerException: { } inner } ? inner : refusal).Message;
        Assert.Contains(because, message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A bare statement with tables written as <c>{person}</c>: what a careless hand might try.</summary>
    protected Task Refused(string because, string sql) => Refused(because, context => context.Database.ExecuteSqlRawAsync(Named(sql)));

    /// <summary>A bare statement, as <see cref="Refused(string, string)"/> takes it, on a connection of the caller's.</summary>
    protected async Task Execute(DbConnection on, string sql)
    {
        await using var command = on.CreateCommand();
        command.CommandText = Named(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether a statement on this PostgreSQL database waits for a lock of another's.</summary>
    protected Task<bool> SomebodyWaits() => Do(async db => (await db.Database.SqlQueryRaw<int>(
        "select count(*)::int as \"Value\" from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").ToListAsync())[0] == 1);

    /// <summary>The unique constraint's message of either database.</summary>
    protected string Unique => kind == StorageKind.Sqlite ? "UNIQUE constraint failed" : "duplicate key value";

    public async Task InitializeAsync()
    {
        var file = Path.Combine(folder, "relief.db");
        if (kind == StorageKind.Sqlite)
            File.Copy(await Blank.Value, file);
        connectionString = kind == StorageKind.Sqlite
            ? $"Data Source={file};Pooling=False"
            : await (await PostgresServer.Shared).CopyOf(await Template.Value);
        connection = kind == StorageKind.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await connection.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A statement with tables written as <c>{person}</c>, in the words of this database.</summary>
    protected string Named(string sql) =>
        sql.Replace("{", kind == StorageKind.Sqlite ? "relief_" : "relief.", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static async Task<string> MakeFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("relief-template-").FullName, "relief.db");
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await ReliefSchema.Apply(connection, StorageKind.Sqlite, CancellationToken.None);
        return path;
    }

    private static async Task<string> MakeTemplate()
    {
        var server = await PostgresServer.Shared;
        var database = new NpgsqlConnectionStringBuilder(await server.NewDatabase()) { Pooling = false };
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await ReliefSchema.Apply(connection, StorageKind.PostgreSql, CancellationToken.None);
        return database.Database!;
    }
}
