using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;

namespace Relief.Flow.Tests.Storage;

/// <summary>What only shows when several sessions race on a real PostgreSQL: no wake-up, event or start is lost or doubled.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresRaceTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    [Fact]
    public async Task Racing_senders_never_lose_a_wake_up()
    {
        await using var store = await Open();
        var started = await StartOne(store, node: 1);
        const int senders = 6, each = 40;
        var sending = Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                Assert.Equal(MailReceipt.Delivered, await store.Send(new NewMail(started.InstanceId, MailKind.Suspend, Nothing, $"{sender}/{i}"), default));
        })));

        var read = 0;
        var claim = started.Claim;
        while (true)
        {
            if (claim is not null)
            {
                read += claim.Mail.Count(mail => mail.Kind == MailKind.Suspend);
                Assert.Equal(CommitOutcome.Committed, (await store.Commit([Burst(claim)], default))[0].Outcome);
            }

            var wasOver = sending.IsCompleted;
            claim = (await store.Claim(new ClaimRequest(1, 10, Lease), default)).SingleOrDefault();
            if (claim is null && wasOver)
                break;
        }

        await sending;
        Assert.Equal(senders * each, read);
        Assert.Equal(0, await Count(store, "select count(*) from inbox"));
        Assert.Equal(0, await Count(store, "select count(*) from work"));
    }

    [Fact]
    public async Task A_zombie_commit_writes_nothing_and_holds_up_nobody_of_its_group()
    {
        await using var store = await Open();
        var zombie = (await StartOne(store, node: 1)).Claim!;
        var good = (await StartOne(store, node: 1)).Claim!;
        await Run(store, $"update work set claim_token = null, ready_at = statement_timestamp() where instance_id = '{zombie.InstanceId}'");
        var owner = Assert.Single(await store.Claim(new ClaimRequest(2, 10, Lease), default));

        var receipts = await store.Commit([Burst(zombie, Waiting("a")), Burst(good, Waiting("b"))], default);

        Assert.Equal([CommitOutcome.Fenced, CommitOutcome.Committed], receipts.Select(receipt => receipt.Outcome));
        Assert.Equal(0, await Count(store, $"select count(*) from bookmark where instance_id = '{zombie.InstanceId}'"));
        Assert.Equal(0, await Count(store, $"select count(*) from journal where instance_id = '{zombie.InstanceId}'"));
        Assert.Equal(CommitOutcome.Committed, (await store.Commit([Burst(owner, Waiting("a"))], default))[0].Outcome);
        Assert.Equal(CommitOutcome.Fenced, (await store.Commit([Burst(owner, Waiting("a"))], default))[0].Outcome);
    }

    [Fact]
    public async Task Publishing_while_the_bookmark_is_committed_neither_loses_nor_doubles_the_event()
    {
        await using var store = await Open();
        for (var round = 0; round < 60; round++)
        {
            var claim = (await StartOne(store, node: 1)).Claim!;
            var key = $"early-{round}";
            var correlation = round % 3 == 0 ? null : "c";
            var publish = Task.Run(() => store.Publish(new EventToPublish(key, round % 2 == 0 ? "c" : null, Nothing, EventToPublish.Week), default));
            var commit = Task.Run(() => store.Commit([Burst(claim, Waiting(key, correlation))], default));
            await Task.WhenAll(publish, commit);

            var woken = Assert.Single(await store.Claim(new ClaimRequest(1, 10, Lease), default));
            var mail = Assert.Single(woken.Mail);
            Assert.Equal(MailKind.Event, mail.Kind);
            Assert.NotEqual((await publish).Parked, (await publish).Delivered == 1);
            Assert.Equal(CommitOutcome.Committed, (await store.Commit([Burst(woken) with { Status = InstanceStatus.Finished }], default))[0].Outcome);
        }

        Assert.Equal(0, await Count(store, "select (select count(*) from parked_event) + (select count(*) from bookmark) + (select count(*) from inbox)"));
        Assert.Empty(await store.CheckInvariants(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task Dropping_a_bookmark_while_its_event_comes_parks_the_event()
    {
        await using var store = await Open();
        for (var round = 0; round < 40; round++)
        {
            var claim = (await StartOne(store, node: 1)).Claim!;
            var bookmark = Waiting($"late-{round}");
            await store.Commit([Burst(claim, bookmark) with { KeepClaim = true, Status = InstanceStatus.Running }], default);
            var next = claim with { Seq = 1, ChainHead = [1], Mail = [] };
            var finish = round % 2 == 0;
            var publish = Task.Run(() => store.Publish(new EventToPublish($"late-{round}", null, Nothing, EventToPublish.Week), default));
            var drop = Task.Run(() => store.Commit(
                [Burst(next) with { Dropped = [bookmark.Id], Status = finish ? InstanceStatus.Finished : InstanceStatus.Suspended }], default));
            await Task.WhenAll(publish, drop);

            Assert.Equal(CommitOutcome.Committed, (await drop)[0].Outcome);
            Assert.Equal(1, await Count(store, $"select count(*) from parked_event where name = 'late-{round}'"));
            Assert.Equal(0, await Count(store, "select count(*) from inbox"));
        }
    }

    [Fact]
    public async Task Equal_keys_at_the_same_moment_start_one_instance()
    {
        await using var store = await Open();
        for (var round = 0; round < 20; round++)
        {
            var key = new IdempotencyKey("test", $"k{round}", "hash");
            var starts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
                store.Start([New() with { Key = key, Answer = new StoredAnswer(202, "{}") }, New()], default))));

            var receipts = starts.Select(group => group[0]).ToList();
            Assert.Equal(1, receipts.Count(receipt => receipt.Outcome == StartOutcome.Started));
            Assert.Equal(5, receipts.Count(receipt => receipt.Outcome == StartOutcome.Repeated && receipt.Answer!.Status == 202));
            Assert.Single(receipts.Select(receipt => receipt.InstanceId).Distinct());
        }

        Assert.Equal(20 + (20 * 6), await Count(store, "select count(*) from instance"));
    }

    [Fact]
    public async Task Two_nodes_claim_disjoint_instances()
    {
        await using var store = await Open();
        await store.Start([.. Enumerable.Range(0, 400).Select(_ => New())], default);

        var claimed = await Task.WhenAll(Enumerable.Range(1, 4).Select(node => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            while (await store.Claim(new ClaimRequest(node, 16, Lease), default) is { Length: > 0 } batch)
                mine.AddRange(batch.Select(claim => claim.InstanceId));
            return mine;
        })));

        var all = claimed.SelectMany(mine => mine).ToList();
        // A page that another session holds this moment is skipped, so one more look may be needed; nothing comes twice.
        all.AddRange((await store.Claim(new ClaimRequest(9, 400, Lease), default)).Select(claim => claim.InstanceId));
        Assert.Equal(400, all.Count);
        Assert.Equal(400, all.Distinct().Count());
    }

    [Fact]
    public async Task Timers_events_and_commits_race_without_losing_or_doubling_a_wake_up()
    {
        await using var store = await Open();
        const int instances = 40;
        var receipts = await store.Start([.. Enumerable.Range(0, instances).Select(_ => New() with { ClaimFor = 1 })], default);
        var now = (await store.ReadClock(default)).Now;
        await store.Commit([.. receipts.Select((receipt, i) => Burst(
            receipt.Claim!,
            Waiting($"go-{i}"),
            new NewBookmark(Guid.NewGuid(), 2, "t", Bookmark.Timer("t", now))))], default);

        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < instances; i++)
                Assert.Equal(1, (await store.Publish(new EventToPublish($"go-{i}", null, Nothing, TimeSpan.Zero), default)).Delivered);
        });
        var firing = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Drain(() => store.FireTimers(7, default), publishing))).ToArray();
        var read = 0;
        var bursts = Task.Run(() => Drain(async () =>
        {
            var batch = await store.Claim(new ClaimRequest(1, 8, Lease), default);
            read += batch.Sum(claim => claim.Mail.Length);
            var done = await store.Commit([.. batch.Select(claim => Burst(claim))], default);
            Assert.All(done, receipt => Assert.Equal(CommitOutcome.Committed, receipt.Outcome));
            return batch.Length;
        }, Task.WhenAll([publishing, .. firing])));
        await Task.WhenAll([publishing, bursts, .. firing]);

        Assert.Equal(instances * 2, read);
        Assert.Equal(0, await Count(store, "select (select count(*) from timer) + (select count(*) from inbox) + (select count(*) from work)"));
    }

    [Fact]
    public async Task Polling_a_hundred_thousand_timers_and_work_rows_reads_an_index()
    {
        await using var store = await Open();
        await Run(store,
            """
            insert into timer (bookmark_id, instance_id, due_at) select gen_random_uuid(), gen_random_uuid(), now() + interval '1 day' + i * interval '1 s' from generate_series(1, 100000) i;
            insert into work (instance_id, ready_at, claim_token) select gen_random_uuid(), now() + interval '1 day' + i * interval '1 s', i from generate_series(1, 100000) i;
            insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, key, key_hash, correlation_id, created_seq, created_at)
              select gen_random_uuid(), gen_random_uuid(), 1, 'a', 'n', 1, 'receipt', hashtextextended('receipt', 0), 'c' || i, 1, now() from generate_series(1, 100000) i;
            analyze timer; analyze work; analyze bookmark
            """);

        var publication = new Dictionary<string, Value>
        {
            ["name"] = Value.Of("receipt"), ["correlation"] = Value.Of("c7"), ["payload"] = Value.Json("1"), ["keep"] = Value.Of(Lease), ["dedup"] = Value.Of((string?)null)
        };
        var claim = new Dictionary<string, Value> { ["limit"] = Value.Of(32), ["lease"] = Value.Of(Lease), ["node"] = Value.Of(1) };
        var plans = await Plan(store, Sql.Of("fire-timers").Statements[0], new() { ["limit"] = Value.Of(200) })
            + await Plan(store, Sql.Of("claim").Statements[0], claim)
            + await Plan(store, Sql.Of("publish").Statements[2], publication);

        Assert.Contains("timer_due", plans, StringComparison.Ordinal);
        Assert.Contains("work_ready", plans, StringComparison.Ordinal);
        Assert.Contains("bookmark_event", plans, StringComparison.Ordinal);
        Assert.DoesNotMatch("Seq Scan on (timer|work|bookmark)", plans);
    }

    private async Task<PostgresStore> Open()
    {
        var store = new PostgresStore(await PostgresTemplate.Copy());
        await store.Open(null, default);
        return store;
    }

    private static NewInstance New() => new()
    {
        Id = Guid.CreateVersion7(), DefinitionId = "d", DefinitionVersion = 1, DefinitionVersionId = "d1", Input = Nothing
    };

    private static async Task<StartReceipt> StartOne(PostgresStore store, int node) => (await store.Start([New() with { ClaimFor = node }], default))[0];

    /// <summary>A burst that read all its mail and waits at these bookmarks.</summary>
    private static BurstCommit Burst(Claim claim, params ImmutableArray<NewBookmark> bookmarks) => new()
    {
        Claim = claim,
        Status = InstanceStatus.Waiting,
        State = [1, 2, 3],
        MailRead = [.. claim.Mail.Select(mail => mail.Id)],
        Bookmarks = bookmarks,
        Journal = "[]"u8.ToArray(),
        Hash = [1],
        At = claim.Now
    };

    private static NewBookmark Waiting(string key, string? correlation = null) => new(Guid.NewGuid(), 1, "a", Bookmark.Event("n", key, correlation));

    /// <summary>Repeats until nothing came after the others had ended.</summary>
    private static async Task Drain(Func<Task<int>> once, Task others)
    {
        while (true)
        {
            var wasOver = others.IsCompleted;
            if (await once() == 0 && wasOver)
                return;
        }
    }

    private static Task<long> Count(PostgresStore store, string sql) => Ask(store, sql, async command => (long)(await command.ExecuteScalarAsync())!);

    private static Task<int> Run(PostgresStore store, string sql) => Ask(store, sql, command => command.ExecuteNonQueryAsync());

    private static Task<string> Plan(PostgresStore store, Sql.Statement statement, Dictionary<string, Value> values) => Ask(store, "explain " + statement.Text, async command =>
    {
        foreach (var name in statement.Names)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = values[name].Type, Value = values[name].Data ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new System.Text.StringBuilder();
        while (await reader.ReadAsync())
            plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    });

    private static Task<T> Ask<T>(PostgresStore store, string sql, Func<NpgsqlCommand, Task<T>> ask) => store.Change(async (unit, _) =>
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)unit.Connection, (NpgsqlTransaction)unit.Transaction);
        return await ask(command);
    }, default);
}
