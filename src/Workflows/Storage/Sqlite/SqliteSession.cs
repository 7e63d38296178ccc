using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Parameters are written <c>$1</c>, <c>$2</c>, … and given in that order.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly TimeProvider time;

    private SqliteSession(SqliteConnection connection, TimeProvider time)
    {
        Connection = connection;
        this.time = time;
    }

    public SqliteConnection Connection { get; }

    public SqliteTransaction? Transaction { get; private set; }

    /// <summary>Set by a deed that made something ready to be claimed, fired or sent.</summary>
    public bool MadeWork { get; set; }

    /// <summary>The clock of leases and heartbeats: always real, in UTC milliseconds.</summary>
    public long LeaseNow => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public static SqliteSession Open(string path, bool isReader, TimeProvider time)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = isReader ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 10
        }.ConnectionString);
        connection.Open();

        // FULL: with NORMAL a power failure could lose commits that were answered. auto_vacuum counts only before the first table.
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = isReader
            ? "pragma busy_timeout = 5000; pragma query_only = on; pragma temp_store = memory;"
            : """
              pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;
              pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16000; pragma wal_autocheckpoint = 2000;
              """;
        pragmas.ExecuteNonQuery();
        return new SqliteSession(connection, time);
    }

    public void Begin() => Transaction = Connection.BeginTransaction(deferred: false);

    /// <summary>Commits; when it throws, nothing was written and the transaction is gone.</summary>
    public void Commit()
    {
        try
        {
            Transaction!.Commit();
        }
        catch
        {
            RollBack();
            throw;
        }

        Transaction.Dispose();
        Transaction = null;
    }

    public void RollBack()
    {
        try
        {
            Transaction?.Dispose();
        }
        catch (SqliteException)
        {
            // SQLite has rolled it back by itself (disk full, I/O error).
        }

        Transaction = null;
        MadeWork = false;
    }

    /// <summary>Business time: the manual clock when it is set, else real.</summary>
    public DateTimeOffset Now() => ManualNow() ?? FromMs(LeaseNow);

    public DateTimeOffset? ManualNow() => One("select manual_now from clock", row => row.Instant(0));

    /// <summary>Runs a statement that changes rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Do(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or the default value when there is none.</summary>
    public T? One<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bound(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public List<T> All<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bound(sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public bool Exists(string sql, params ReadOnlySpan<object?> values) => One(sql, _ => true, values);

    public long Count(string sql, params ReadOnlySpan<object?> values) => One(sql, row => row.GetInt64(0), values);

    public static DateTimeOffset FromMs(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    /// <summary>The millisecond at or after an instant, so that nothing fires before its moment.</summary>
    public static long Due(DateTimeOffset due)
    {
        var ms = due.ToUnixTimeMilliseconds();
        return FromMs(ms) < due ? ms + 1 : ms;
    }

    public void Dispose()
    {
        RollBack();
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        Connection.Dispose();
    }

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i + 1}") });
            }

            prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = Stored(values[i]);
        }

        return command;
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString(),
        DateTimeOffset instant => instant.ToUnixTimeMilliseconds(),
        TimeSpan span => (long)span.TotalMilliseconds,
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        JsonElement { ValueKind: JsonValueKind.Undefined } => DBNull.Value,
        JsonElement json => json.GetRawText(),
        _ => value
    };
}
