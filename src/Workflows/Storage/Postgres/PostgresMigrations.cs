using System.Globalization;
using Npgsql;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>Applies the numbered SQL files that are missing, each in its own transaction, one node at a time.</summary>
internal sealed class PostgresMigrations(NpgsqlDataSource source)
{
    /// <summary>One number for all nodes of an installation: whoever holds it migrates.</summary>
    private const long Lock = 7_026_110_001;

    public async Task Apply(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await Run(connection, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await Run(connection, Sql.Text("migrations"), cancellationToken);
            var applied = await Applied(connection, cancellationToken);
            foreach (var name in Names().Where(name => !applied.Contains(Number(name))))
            {
                await Apply(connection, name, cancellationToken);
            }

            if (also is not null)
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await also(new UnitOfWork(connection, transaction), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            await Run(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task Apply(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Run(connection, Sql.Text(name), cancellationToken);
        await using var note = new NpgsqlCommand("insert into flow.migration (number, name) values ($1, $2)", connection);
        note.Parameters.Add(new NpgsqlParameter { Value = Number(name) });
        note.Parameters.Add(new NpgsqlParameter { Value = name });
        await note.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<HashSet<int>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number from flow.migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var numbers = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers.Add(reader.GetInt32(0));
        }

        return numbers;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<string> Names()
    {
        var prefix = typeof(Sql).Namespace + ".";
        return typeof(Sql).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]))
            .Select(name => name[prefix.Length..^".sql".Length]).Order(StringComparer.Ordinal);
    }

    private static int Number(string name) => int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture);
}
