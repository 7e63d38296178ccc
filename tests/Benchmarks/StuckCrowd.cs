namespace Relief.Flow.Tests.Benchmarks;

/// <summary>A million instances that wait for a person, one in a hundred of them stuck: copies of one that the engine made, written straight into its tables.</summary>
internal sealed class StuckCrowd(string database)
{
    private const string Own = "t.instance_id = (select instance_id from template)";

    /// <summary>Copies the one instance that is there.</summary>
    public async Task Grow(int count, CancellationToken cancellationToken)
    {
        await Sql.Run(database, "create table template as select instance_id, id as bookmark_id from bookmark", cancellationToken);
        await Sql.Run(database, $"create table crowd as select n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, ('01900000-0000-7001-8000-' || lpad(to_hex(n), 12, '0'))::uuid as bookmark, now() - interval '30 days' + n * interval '2 s' as at from generate_series(1, {count}) as n", cancellationToken);
        await Copy("instance", "t.id = (select instance_id from template)", new() { ["id"] = "n.id", ["business_key"] = "'B' || n.n", ["created_at"] = "n.at", ["updated_at"] = "n.at", ["wait_since"] = "n.at" }, cancellationToken);
        await Copy("instance_state", Own, new()
        {
            ["instance_id"] = "n.id",
            ["state"] = "convert_to(replace(replace(convert_from(t.state, 'UTF8'), (select instance_id::text from template), n.id::text), (select bookmark_id::text from template), n.bookmark::text), 'UTF8')"
        }, cancellationToken);
        await Copy("bookmark", Own, new() { ["id"] = "n.bookmark", ["instance_id"] = "n.id", ["created_at"] = "n.at" }, cancellationToken);
        await Copy("task", Own, new() { ["id"] = "n.bookmark", ["instance_id"] = "n.id", ["created_at"] = "n.at", ["due_at"] = "n.at + interval '90 days'" }, cancellationToken);
        await Copy("journal", Own, new() { ["instance_id"] = "n.id", ["xid"] = "null" }, cancellationToken);
        await Stick(cancellationToken);
        await Sql.Run(database, "vacuum analyze", cancellationToken);
        await Sql.Run(database, "checkpoint", cancellationToken);
    }

    /// <summary>Instances that are stuck in one way or another, some of each.</summary>
    public Task<List<Guid>> Stuck(int most, CancellationToken cancellationToken) =>
        Sql.Rows(database, $"select distinct on (md5(instance_id::text)) instance_id from finding where instance_id is not null order by md5(instance_id::text) limit {most}", row => row.GetGuid(0), cancellationToken);

    // Per thousand: four overdue tasks, three incidents of three kinds, one deadline that will be missed, one forgotten suspension, one dead message.
    private async Task Stick(CancellationToken cancellationToken)
    {
        await Sql.Run(database, "update task t set due_at = now() - interval '1 day' * (c.n % 20 + 1) from crowd c where c.n % 250 = 1 and t.id = c.bookmark", cancellationToken);
        await Sql.Run(database,
            """
            update instance i set incidents = 1, status = 3, fault_code = 'request.failed', fault_message = 'status ' || (500 + c.n / 1000 % 3), fault_activity = i.wait_activity, fault_sig = c.n / 1000 % 3 + 1
            from crowd c where c.n % 1000 in (2, 302, 602) and i.id = c.id
            """, cancellationToken);
        await Sql.Run(database, "update task t set due_at = now() + interval '1 hour' * (c.n / 1000 % 400 + 1), created_at = now() from crowd c where c.n % 1000 = 3 and t.id = c.bookmark", cancellationToken);
        await Sql.Run(database, "update bookmark b set created_at = now() from crowd c where c.n % 1000 = 3 and b.id = c.bookmark", cancellationToken);
        await Sql.Run(database, "update instance i set status = 4 from crowd c where c.n % 1000 = 4 and i.id = c.id and c.at < now() - interval '4 days'", cancellationToken);
        await Sql.Run(database,
            """
            insert into outbox (id, instance_id, activity_id, kind, class, target, payload, state, attempts, next_at, created_at, last_error)
            select gen_random_uuid(), c.id, 'look', 1, 1, 'sms', '{}', 3, 8, c.at, c.at, 'status 503' from crowd c where c.n % 1000 = 5
            """, cancellationToken);
        await Sql.Run(database,
            "insert into step_time (definition_id, activity_id, n, p50, p95, buckets, outcomes) select i.definition_id, b.activity_id, 2000, interval '20 days', interval '60 days', '83:1000 89:1000', '{\"Done\":2000}' from template t join bookmark b on b.id = t.bookmark_id join instance i on i.id = t.instance_id",
            cancellationToken);
    }

    // Every column as the engine wrote it, but for those that tell one instance from another.
    private async Task Copy(string table, string template, Dictionary<string, string> changed, CancellationToken cancellationToken)
    {
        var columns = await Sql.Rows(
            database, $"select column_name::text from information_schema.columns where table_schema = 'flow' and table_name = '{table}' and is_identity = 'NO' order by ordinal_position",
            row => row.GetString(0), cancellationToken);
        await Sql.Run(
            database,
            $"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns.Select(column => changed.GetValueOrDefault(column, "t." + column)))} from crowd n, {table} t where {template}",
            cancellationToken);
    }
}
