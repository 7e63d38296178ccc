using Npgsql;
using Relief.Flow.Workflows.Storage.Postgres;

namespace Relief.Flow.Tests.Storage;

/// <summary>A database of the shared server with the engine's tables in it, made once and copied for each test: a copy costs a fraction of the migrations.</summary>
public static class PostgresTemplate
{
    private static readonly Lazy<Task<string>> Made = new(Make);

    /// <summary>An empty database of its own, already migrated; its connection string.</summary>
    public static async Task<string> Copy() => await (await PostgresServer.Shared).CopyOf(await Made.Value);

    private static async Task<string> Make()
    {
        var server = await PostgresServer.Shared;
        // Without a pool: nobody may be connected to what is copied.
        var database = new NpgsqlConnectionStringBuilder(await server.NewDatabase()) { Pooling = false };
        await using var store = new PostgresStore(database.ConnectionString);
        await store.Open(null, default);
        return database.Database!;
    }
}
