using System.Globalization;
using System.Text;

namespace Relief.Flow.Tests.Benchmarks;

/// <summary>Very many instances that wait for a timer: copies of one that the engine made, written straight into its tables.</summary>
internal sealed class TimerCrowd(string database)
{
    private const string IdOf = "('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
    private const string BookmarkOf = "('01900000-0000-7001-8000-' || lpad(to_hex(n), 12, '0'))::uuid";

    private int _count;

    /// <summary>By how many seconds a timer was late: when its burst was claimed, and when that was committed.</summary>
    public sealed record Lateness(double Claimed, double Done);

    public string Database => database;

    /// <summary>Has the engine start one instance that waits; everything else is copied from it.</summary>
    public async Task MakeTemplate(HostProcess host, CancellationToken cancellationToken)
    {
        await host.Publish(Shapes.Delayed, cancellationToken);
        using var body = new StringContent("""{"input":{}}""", Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync(new Uri($"/api/v1/pathways/{Shapes.DelayedId}/instances", UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await Pause.Until(async () => await Sql.Scalar<long>(database, "select count(*) from timer", cancellationToken) == 1, TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    public async Task GrowTo(int count, CancellationToken cancellationToken)
    {
        const string state =
            """
            convert_to(replace(replace(convert_from(t.state, 'UTF8'), (select instance_id::text from template), n.id::text), (select bookmark_id::text from template), n.bookmark::text), 'UTF8')
            """;
        await Sql.Run(database, "create table if not exists template as select instance_id, bookmark_id from timer", cancellationToken);
        await Copy("instance", "t.id = (select instance_id from template)", new() { ["id"] = "n.id" }, count, cancellationToken);
        await Copy("instance_state", Own, new() { ["instance_id"] = "n.id", ["state"] = state }, count, cancellationToken);
        await Copy("bookmark", Own, new() { ["id"] = "n.bookmark", ["instance_id"] = "n.id" }, count, cancellationToken);
        await Copy("timer", Own, new() { ["bookmark_id"] = "n.bookmark", ["instance_id"] = "n.id", ["due_at"] = "t.due_at + n.n * interval '1 s'" }, count, cancellationToken);
        await Copy("journal", Own, new() { ["instance_id"] = "n.id" }, count, cancellationToken);
        await Sql.Run(database, "vacuum analyze", cancellationToken);
        await Sql.Run(database, "checkpoint", cancellationToken);
        _count = count;
    }

    /// <summary>Makes so many of them due at one moment, three seconds from now, and waits until all have run.</summary>
    /// <param name="round">Another offset for another round and another size, so that nothing is fired twice.</param>
    public async Task<List<Lateness>> Fire(int due, int round, CancellationToken cancellationToken)
    {
        var step = _count / due;
        var offset = step % 7 + round;
        var chosen = $"(select k * {step} + {offset} as n from generate_series(0, {due - 1}) as k where k * {step} + {offset} > 0) as chosen";
        await Sql.Run(database, $"create table if not exists fired (id uuid primary key, at timestamptz not null); truncate fired; insert into fired select {IdOf}, now() + interval '3 s' from {chosen}", cancellationToken);
        var moved = await Sql.Run(database, $"update timer t set due_at = f.at from fired f where t.instance_id = f.id and t.bookmark_id in (select {BookmarkOf} from {chosen})", cancellationToken);
        const string finished = "from fired f join instance i on i.id = f.id where i.status = 8";
        await Pause.Until(
            async () => await Sql.Scalar<long>(database, "select count(*) " + finished, cancellationToken) >= moved, TimeSpan.FromMilliseconds(250), cancellationToken);
        return await Sql.Rows(
            database,
            $"select extract(epoch from i.finished_at - f.at)::float8, extract(epoch from pg_xact_commit_timestamp(i.xmin) - f.at)::float8 {finished}",
            row => new Lateness(row.GetDouble(0), row.GetDouble(1)),
            cancellationToken);
    }

    private const string Own = "t.instance_id = (select instance_id from template)";

    // Every column as the engine wrote it, but for those that tell one instance from another.
    private async Task Copy(string table, string template, Dictionary<string, string> changed, int count, CancellationToken cancellationToken)
    {
        var columns = await Sql.Rows(
            database, $"select column_name::text from information_schema.columns where table_schema = 'flow' and table_name = '{table}' order by ordinal_position",
            row => row.GetString(0), cancellationToken);
        var values = columns.Select(column => changed.GetValueOrDefault(column, "t." + column));
        var from = (_count + 1).ToString(CultureInfo.InvariantCulture);
        await Sql.Run(
            database,
            $"""
            insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", values)}
            from (select n, {IdOf} as id, {BookmarkOf} as bookmark from generate_series({from}, {count}) as n) as n, {table} t where {template}
            """,
            cancellationToken);
    }
}
