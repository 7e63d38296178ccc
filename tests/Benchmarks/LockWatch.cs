using Npgsql;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Looks fifty times a second at who has locked rows of the records to write them: the age of the oldest such transaction, and how long one is seen to keep the fund accounts.</summary>
internal sealed class LockWatch(string database)
{
    // Row locks stand in the rows; that a transaction has taken some is told by its lock on their table.
    private const string Holders = Sql.Mark + """
        select a.pid, a.backend_xid::text, extract(epoch from clock_timestamp() - a.xact_start)::float8, bool_or(c.relname = 'fund_account')
        from pg_stat_activity a
        join pg_locks l on l.pid = a.pid and l.granted and l.locktype = 'relation' and l.mode in ('RowShareLock', 'RowExclusiveLock')
        join pg_class c on c.oid = l.relation and c.relnamespace = 'relief'::regnamespace
        where a.datname = current_database() and a.xact_start is not null and a.pid <> pg_backend_pid()
        group by a.pid, a.backend_xid, a.xact_start
        """;

    private readonly Dictionary<(int Pid, string? Transaction), long> _seen = [];

    /// <summary>Seconds: the oldest transaction that had locked records when it was seen.</summary>
    public double Longest { get; private set; }

    /// <summary>Seconds from the first to the last time that one transaction was seen with a lock on fund accounts.</summary>
    public double Accounts { get; private set; }

    public async Task Run(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(CancellationToken.None);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken))
                await Look(connection);
        }
        catch (OperationCanceledException)
        {
            // the part is over
        }
    }

    private async Task Look(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Holders, connection);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            Longest = Math.Max(Longest, reader.GetDouble(2));
            if (!reader.GetBoolean(3))
                continue;
            var key = (reader.GetInt32(0), await reader.IsDBNullAsync(1, CancellationToken.None) ? null : reader.GetString(1));
            if (!_seen.TryGetValue(key, out var first))
                _seen[key] = first = TimeProvider.System.GetTimestamp();
            Accounts = Math.Max(Accounts, TimeProvider.System.GetElapsedTime(first).TotalSeconds);
        }
    }
}
