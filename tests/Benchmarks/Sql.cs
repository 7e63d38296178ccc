using Npgsql;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>One statement on a PostgreSQL database, marked so that it is not counted.</summary>
internal static class Sql
{
    /// <summary>Stands in every statement of the benchmark's own.</summary>
    public const string Mark = "/* benchmark */ ";

    public static async Task<int> Run(string database, string text, CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        await using var command = new NpgsqlCommand(Mark + text, connection) { CommandTimeout = 900 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<T> Scalar<T>(string database, string text, CancellationToken cancellationToken) =>
        (await Rows(database, text, row => row.GetFieldValue<T>(0), cancellationToken)).Single();

    public static async Task<List<T>> Rows<T>(string database, string text, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await Open(database, cancellationToken);
        await using var command = new NpgsqlCommand(Mark + text, connection) { CommandTimeout = 900 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    private static async Task<NpgsqlConnection> Open(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { SearchPath = "flow,public", MaxPoolSize = 4 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
