using System.Diagnostics;
using Npgsql;

namespace Relief.Flow.Tests.Storage;

[Collection(PostgresCollection.Name)]
public sealed class PostgresServerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_server_is_real_syncs_its_commits_and_has_room_for_many_sessions()
    {
        await using var connection = await Open(await postgres.Server.NewDatabase());

        Assert.Equal("on", await Ask(connection, "show fsync"));
        Assert.Equal("on", await Ask(connection, "show synchronous_commit"));
        Assert.Equal("500", await Ask(connection, "show max_connections"));
        Assert.Equal("UTF8", await Ask(connection, "show server_encoding"));
        Assert.True(connection.PostgreSqlVersion.Major >= PostgresBinaries.OldestVersion);
    }

    [Fact]
    public async Task Every_new_database_is_empty_and_apart_from_the_others()
    {
        await using var first = await Open(await postgres.Server.NewDatabase());
        await Ask(first, "create table note (text text)");
        await using var second = await Open(await postgres.Server.NewDatabase());

        Assert.Equal(0L, await Ask(second, "select count(*) from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public async Task What_was_committed_survives_a_crash_and_what_was_not_does_not()
    {
        var server = await PostgresServer.Start();
        try
        {
            var database = await server.NewDatabase();
            await using var kept = await Open(database);
            await Ask(kept, "create table note (text text); insert into note values ('kept')");
            await using var open = await kept.BeginTransactionAsync();
            await Ask(kept, "insert into note values ('lost')");

            await server.Restart(immediate: true);

            await using var after = await Open(database);
            Assert.Equal("kept", await Ask(after, "select string_agg(text, ',') from note"));
        }
        finally
        {
            await server.StopAsync();
        }
    }

    private static async Task<NpgsqlConnection> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
