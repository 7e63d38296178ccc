using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Ordered statements in one round trip. Outside a transaction they are one: all of them or none.</summary>
/// <remarks>Each statement takes its own snapshot (READ COMMITTED), which the rules of engine.md 1.18 rely on.</remarks>
internal sealed class Round(NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = connection.CreateBatch();

    /// <summary>Adds a deed's statements, each with those of the values that it names.</summary>
    public Round Add(string deed, Dictionary<string, Value> values)
    {
        foreach (var statement in Sql.Of(deed).Statements)
        {
            var command = new NpgsqlBatchCommand(statement.Text);
            foreach (var name in statement.Names)
            {
                var value = values[name];
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = value.Type, Value = value.Data ?? DBNull.Value });
            }

            batch.BatchCommands.Add(command);
        }

        return this;
    }

    /// <summary>Runs it and returns how many rows were changed.</summary>
    public Task<int> Run(CancellationToken cancellationToken) => batch.ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Runs it and reads the answers; what is left unread is read to the end, since a later statement may have failed.</summary>
    public async Task<T> Read<T>(Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var result = await read(reader);
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return result;
    }

    /// <summary>Runs it and reads the first row of an answer.</summary>
    /// <param name="skip">How many answers with rows come before it (locks).</param>
    /// <returns>The type's default when there is no row.</returns>
    public Task<T?> One<T>(int skip, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken) => Read(
        async reader =>
        {
            for (; skip > 0; skip--)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            return await reader.ReadAsync(cancellationToken) ? row(reader) : default;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
