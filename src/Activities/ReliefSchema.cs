using System.Data.Common;
using System.Globalization;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Brings the relief tables up to date: numbered SQL files, each applied once, in order, never edited after release.</summary>
/// <remarks>The caller holds the migration lock. Each file and the row that remembers it commit together, so a crash leaves whole steps.</remarks>
public static class ReliefSchema
{
    /// <summary>Applies what is missing and returns the numbers applied now; a second call returns none.</summary>
    public static Task<IReadOnlyList<int>> Apply(DbConnection connection, StorageKind kind, CancellationToken cancellationToken) =>
        Apply(connection, kind, isJoined: false, cancellationToken);

    /// <summary>The same inside a transaction that the caller commits: all of it or nothing.</summary>
    public static Task<IReadOnlyList<int>> Apply(UnitOfWork unit, StorageKind kind, CancellationToken cancellationToken) =>
        Apply(unit.Connection, kind, isJoined: true, cancellationToken);

    private static async Task<IReadOnlyList<int>> Apply(DbConnection connection, StorageKind kind, bool isJoined, CancellationToken cancellationToken)
    {
        var table = kind == StorageKind.Sqlite ? "relief_schema_version" : "relief.schema_version";
        var schema = kind == StorageKind.Sqlite ? "" : "create schema if not exists relief;";
        await Run(connection, $"{schema} create table if not exists {table} (number integer primary key, name text not null)", cancellationToken);

        var known = await Applied(connection, table, cancellationToken);
        List<int> applied = [];
        foreach (var (number, name) in Files(kind).Where(file => !known.Contains(file.Number)))
        {
            await using var transaction = isJoined ? null : await connection.BeginTransactionAsync(cancellationToken);
            await Run(connection, await Text(name, cancellationToken), cancellationToken);
            await Run(connection, $"insert into {table} (number, name) values ({number}, '{name}')", cancellationToken);
            if (transaction is not null)
                await transaction.CommitAsync(cancellationToken);
            applied.Add(number);
        }

        return applied;
    }

    private static IEnumerable<(int Number, string Name)> Files(StorageKind kind)
    {
        var folder = $".{(kind == StorageKind.Sqlite ? "Sqlite" : "Postgres")}.";
        return from name in typeof(ReliefSchema).Assembly.GetManifestResourceNames()
               let at = name.IndexOf(folder, StringComparison.Ordinal)
               where at >= 0 && name.EndsWith(".sql", StringComparison.Ordinal)
               let number = int.Parse(name.AsSpan(at + folder.Length, 4), CultureInfo.InvariantCulture)
               orderby number
               select (number, name);
    }

    private static async Task<string> Text(string name, CancellationToken cancellationToken)
    {
        await using var stream = typeof(ReliefSchema).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static async Task<HashSet<int>> Applied(DbConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select number from {table}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        HashSet<int> numbers = [];
        while (await reader.ReadAsync(cancellationToken))
            numbers.Add(reader.GetInt32(0));
        return numbers;
    }

    private static async Task Run(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
