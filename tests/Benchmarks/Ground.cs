using Npgsql;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>The PostgreSQL under all figures of a run: real syncs, its own statistics switched on.</summary>
public sealed class Ground
{
    private readonly PostgresServer _server;

    private Ground(PostgresServer server, string version, bool hasStatements)
    {
        _server = server;
        Version = version;
        HasStatements = hasStatements;
    }

    public string Version { get; }

    /// <summary>False when the server has no pg_stat_statements: transactions are counted then.</summary>
    public bool HasStatements { get; }

    public int Port => _server.Port;

    public static async Task<Ground> Prepare(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.Start(cancellationToken);
        var admin = server.ConnectionString("postgres");
        var hasStatements = await Sql.Scalar<bool>(admin, "select exists (select 1 from pg_available_extensions where name = 'pg_stat_statements')", cancellationToken);
        await Sql.Run(admin, "alter system set track_commit_timestamp = on", cancellationToken);
        if (hasStatements)
            await Sql.Run(admin, "alter system set shared_preload_libraries = 'pg_stat_statements'", cancellationToken);

        await server.Restart(immediate: false, cancellationToken);
        var version = await Sql.Scalar<string>(admin, "show server_version", cancellationToken);
        return new Ground(server, version, hasStatements);
    }

    /// <summary>An empty database, with the statistics' views.</summary>
    public async Task<string> NewDatabase(CancellationToken cancellationToken)
    {
        var database = await _server.NewDatabase(cancellationToken);
        if (HasStatements)
            await Sql.Run(database, "create extension pg_stat_statements", cancellationToken);
        return database;
    }

    public async Task Remove(CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearAllPools();
        await _server.StopAsync(cancellationToken);
    }
}
