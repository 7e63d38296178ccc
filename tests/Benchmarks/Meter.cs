namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Reads what PostgreSQL counted for one database: statements, transactions, log bytes and syncs.</summary>
/// <remarks>The log is counted for the whole server, on which nothing else runs meanwhile.</remarks>
public sealed class Meter(Ground ground, string database)
{
    // The server's processes hand their counters in when they have been idle for ten seconds.
    private static readonly TimeSpan HandingIn = TimeSpan.FromSeconds(11);

    /// <summary>Counters at one moment.</summary>
    public sealed record Reading(double Statements, double DatabaseMilliseconds, double WalBytes, double WalSyncs);

    public bool CountsStatements => ground.HasStatements;

    /// <param name="exactSyncs">Waits until the server's processes have handed in their counts.</param>
    public async Task<Reading> Read(bool exactSyncs, CancellationToken cancellationToken)
    {
        var (statements, time) = (await Statements(cancellationToken)).Single();
        var wal = await Sql.Scalar<decimal>(database, "select pg_current_wal_insert_lsn() - '0/0'", cancellationToken);
        if (exactSyncs)
            await Pause.For(HandingIn, cancellationToken);
        var syncs = await Sql.Scalar<double>(database, Major() >= 18
            ? "select coalesce(sum(fsyncs), 0)::float8 from pg_stat_io where object = 'wal'"
            : "select wal_sync::float8 from pg_stat_wal", cancellationToken);
        return new Reading(statements, time, (double)wal, syncs);
    }

    /// <summary>The statements that took most, with their share: only what the host sent.</summary>
    public Task<List<string>> Dearest(CancellationToken cancellationToken) => !ground.HasStatements ? Task.FromResult<List<string>>([]) : Sql.Rows(
        database,
        $"""
        select calls, total_exec_time, rows, left(regexp_replace(regexp_replace(query, '--[^\n]*\n', '', 'g'), '\s+', ' ', 'g'), 90) from pg_stat_statements
        where {Counted} order by total_exec_time desc limit 14
        """,
        row => $"{row.GetInt64(0),8} calls {row.GetDouble(1),8:0} ms {row.GetDouble(1) * 1000 / row.GetInt64(0),7:0} us each {row.GetInt64(2),9} rows  {row.GetString(3)}",
        cancellationToken);

    public async Task Forget(CancellationToken cancellationToken)
    {
        if (ground.HasStatements)
            await Sql.Rows(database, "select pg_stat_statements_reset()", _ => 0, cancellationToken);
    }

    private static string Counted => "dbid = (select oid from pg_database where datname = current_database()) and query not like '%/* benchmark */%'";

    private Task<List<(double, double)>> Statements(CancellationToken cancellationToken) => Sql.Rows(
        database,
        ground.HasStatements
            ? $"select coalesce(sum(calls), 0)::float8, coalesce(sum(total_exec_time), 0) from pg_stat_statements where {Counted}"
            : "select xact_commit::float8, 0::float8 from pg_stat_database where datname = current_database()",
        row => (row.GetDouble(0), row.GetDouble(1)),
        cancellationToken);

    private int Major() => int.Parse(ground.Version.Split('.', ' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
