using System.Collections.Immutable;
using Npgsql;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Tests.Operation;

/// <summary>With many instances nothing that looks for stuck work, or lists it, or says how deadlines were kept, reads a large table from end to end: the server counts what it did.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StuckPlansTests
{
    private const int Instances = 100_000;

    // Every instance waits for a task with a reminder; some in a hundred are stuck in one way or another.
    private const string Crowd =
        """
        insert into definition (version_id, definition_id, version, name, is_published, is_latest, body, hash, created_at) values ('many:1', 'many', 1, 'many', true, true, '{}', '', now());
        create temporary table n as select g, gen_random_uuid() as id, gen_random_uuid() as task, gen_random_uuid() as timer, now() - interval '40 days' + g * interval '1 s' as at from generate_series(1, @count) g;
        insert into instance (id, definition_id, definition_version, definition_version_id, status, seq, incidents, fault_code, fault_sig, fault_activity, business_key, wait_kind, wait_activity, wait_since, created_at, updated_at, finished_at)
          select id, 'many', 1, 'many:1', case when g % 1000 = 0 then 4 when g % 50 = 7 then 8 else 2 end, 2, case when g % 100 = 1 then 1 else 0 end, case when g % 100 = 1 then 'activity.exception' end,
            case when g % 100 = 1 then 7 end, case when g % 100 = 1 then 'look' end, 'B' || g, 3, 'look', at, at, at, case when g % 50 = 7 then now() end from n;
        insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, created_seq, created_at) select task, id, 2, 'look', 'task', 3, 1, at from n where g % 50 <> 7;
        insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, created_seq, created_at) select timer, id, 2, 'look', 'remind', 2, 1, at from n where g % 50 <> 7;
        insert into timer (bookmark_id, instance_id, due_at) select timer, id, now() + (g % 1000 - 2) * interval '1 day' from n where g % 50 <> 7;
        insert into task (id, instance_id, activity_id, kind, title, unit, outcomes, due_at, state, created_at) select task, id, 'look', 'look', 'look', 'unit-' || g % 60, '[]', now() + (g % 1000 - 2) * interval '1 day', 1, at from n where g % 50 <> 7;
        insert into outbox (id, instance_id, activity_id, kind, class, target, payload, state, attempts, next_at, created_at, settled_at)
          select gen_random_uuid(), id, 'look', 1, 1, 'sms', '{}', case when g % 300 = 0 then 3 else 2 end, 1, at, at, at from n;
        insert into work (instance_id, ready_at) select id, now() from n where g % 1000 = 3;
        insert into journal (at, instance_id, seq, events) select at, id, 1, '[]' from n;
        insert into step_time values ('many', 'look', 500, interval '20 days', interval '39 days 23 hours', '', '{}');
        insert into step_outlook values ('many:1', 'look', null, interval '20 days', interval '10 days', interval '31 days');
        insert into finding (code, ref, instance_id, activity_id, severity, since, found_at, round) select case when g % 2 = 0 then 'K22' else 'K14' end, task::text, id, 'look', 3, at, now(), 1 from n where g % 20 = 0 and g % 50 <> 7;
        insert into step_time select 'other' || g, 'look', 500, interval '1 day', interval '2 days', '', '{}' from generate_series(1, 50) g;
        """;

    private static readonly string[] Large = ["instance", "instance_state", "bookmark", "timer", "task", "outbox", "journal_default"];

    [Fact]
    public async Task Nothing_reads_a_large_table_as_a_whole()
    {
        var database = new NpgsqlConnectionStringBuilder(await PostgresTemplate.Copy()) { MaxPoolSize = 1, SearchPath = "flow,public", CommandTimeout = 120 }.ConnectionString;
        await Run(database, Crowd.Replace("@count", $"{Instances}", StringComparison.Ordinal));
        await Run(database, "vacuum (analyze) instance, bookmark, timer, task, outbox, work, journal_default, finding, step_time, step_outlook");
        await using var side = new ReadSide(StorageKind.PostgreSql, database);
        var reads = await Reads(side);
        Dictionary<string, string> wrong = [];
        foreach (var (name, read) in reads)
        {
            var before = await Scans(side);
            await read();
            var scanned = (await Scans(side)).Except(before).ToImmutableArray();
            if (scanned.Length > 0)
                wrong[name] = string.Join(", ", scanned.Select(one => one.Table));
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        // The measure itself: a question that no index answers is seen.
        var untouched = await Scans(side);
        await new Query(side, "select count(*) as n from task where title = 'nothing'").Read(row => row.Int("n"), default);
        Assert.Equal(["task"], (await Scans(side)).Except(untouched).Select(one => one.Table));
    }

    // Everything that looks for stuck work or shows it.
    private static async Task<Dictionary<string, Func<Task>>> Reads(ReadSide side)
    {
        var look = new StuckLook(side, new StuckRules([]), TimeProvider.System);
        var findings = new FindingQueries(side);
        var overview = new OverviewQueries(side);
        var now = TimeProvider.System.GetUtcNow();
        var (some, key) = (await new Query(side, "select instance_id, id from bookmark limit 1").Read(row => (row.Id("instance_id"), row.Id("id")), default))[0];

        Dictionary<string, Func<Task>> reads = new()
        {
            ["one instance"] = () => look.At(some, default),
            ["first page"] = () => findings.List(new FindingFilter(), null, 50, default),
            ["one code"] = () => findings.List(new FindingFilter { Code = "K22" }, null, 50, default),
            ["groups"] = () => findings.Groups(default),
            ["faults"] = () => overview.Faults(null, default),
            ["late tasks"] = () => overview.LateTasks(DateTimeOffset.UnixEpoch, default),
            ["deadlines kept"] = () => new TaskQueries(side).Lateness(now, now.AddDays(30), now, default),
            ["messages"] = () => overview.ByTarget(DateTimeOffset.UnixEpoch, default)
        };
        foreach (var rule in look.Rules.Where(rule => rule.Slices is null))
            reads[rule.Code] = () => look.Find(rule, rule.Grace, default);
        foreach (var rule in look.Rules.Where(rule => rule.Slices is not null))
        {
            reads[$"{rule.Code}, a slice"] = () => look.Slice(rule, new Guid("80000000-0000-0000-0000-000000000000"), default);
            reads[$"{rule.Code}, again"] = () => look.Still(rule, [key], default);
        }

        return reads;
    }

    // The server hands in what its process counted when it is told to; there is one process, for the pool has one place.
    private static async Task<(string Table, long Count)[]> Scans(ReadSide side)
    {
        await new Query(side, "select 1 as n from pg_stat_force_next_flush()").Any(default);
        return [.. (await new Query(side, "select relname::text as name, seq_scan from pg_stat_user_tables").In("relname", Large).Read(row => (row.Text("name"), row.Long("seq_scan")), default)).Order()];
    }

    private static async Task Run(string database, string text)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
