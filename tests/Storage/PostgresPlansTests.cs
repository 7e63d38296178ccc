using Npgsql;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;

namespace Relief.Flow.Tests.Storage;

/// <summary>A plan that was made while a table was nearly empty does not read all of it later: the server counts the index entries that it read.</summary>
/// <remarks>So it is with work and inbox on every busy server, which are nearly empty whenever they are counted and full of rows, dead ones too, a moment later; and with every table of a new one.</remarks>
[Collection(PostgresCollection.Name)]
public sealed class PostgresPlansTests : FlowStoreTests
{
    private const int Others = 5_000;

    private const string Crowd =
        """
        create temporary table n as select gen_random_uuid() as id, gen_random_uuid() as at_what from generate_series(1, 5000);
        insert into instance (id, definition_id, definition_version, definition_version_id, status, created_at, updated_at) select id, 'inquiry', 1, 'inquiry-1', 2, now(), now() from n;
        insert into work (instance_id, ready_at, attempts) select id, now(), 5 from n;
        insert into inbox (instance_id, kind, at) select id, 1, now() from n;
        insert into bookmark (id, instance_id, ordinal, activity_id, name, kind, key, key_hash, created_seq, created_at) select at_what, id, 2, 'step', 'came', 1, id::text, hashtextextended(id::text, 0), 1, now() from n;
        insert into timer (bookmark_id, instance_id, due_at) select at_what, id, now() + interval '1 year' from n;
        insert into outbox (id, instance_id, activity_id, kind, class, target, payload, state, next_at, created_at) select gen_random_uuid(), id, 'step', 1, 0, 'sms', 'null', 2, now(), now() from n;
        """;

    // One session at a time, and a new one to listen: so the plans are those that were made first.
    protected override async Task<IFlowStore> Open()
    {
        var store = new PostgresStore(new NpgsqlConnectionStringBuilder(await PostgresTemplate.Copy()) { MaxPoolSize = 3 }.ConnectionString);
        await store.Open(null, default);
        return store;
    }

    [Fact]
    public async Task What_one_instance_costs_does_not_grow_with_those_that_wait_to_run()
    {
        await Ask("analyze instance, instance_state, work, inbox, bookmark, timer, outbox, task");
        for (var round = 0; round < 4; round++)
            await LiveOnce(round);
        await Ask(Crowd);

        var before = await EntriesRead();
        await LiveOnce(4);

        Assert.InRange(await EntriesRead() - before, 1, Others / 10);
    }

    // Started, woken by an event, by a timer and by an answer, finished.
    private async Task LiveOnce(int round)
    {
        var row = A.Http(EffectClass.Request, Guid.CreateVersion7());
        var id = await Waiting(A.Event($"go-{round}"));
        await Store.Publish(A.Published($"go-{round}"), default);
        await Commit(A.Wait(await ClaimOf(id), A.Timer(A.Noon.AddMinutes(round))));
        await Later(TimeSpan.FromMinutes(round));
        Assert.Equal(1, await Store.FireTimers(10, default));
        await Commit(A.Send(await ClaimOf(id), row));
        var item = Assert.Single(await Store.ClaimOutbox(10, A.Lease, default));
        await Store.SettleOutbox([new OutboxResult(item.Id, true, A.Json(new { }), null, null)], default);
        await Finish(await ClaimOf(id));
    }

    private async Task<long> EntriesRead()
    {
        await Ask("select 1 from pg_stat_force_next_flush()");
        return await Ask("select sum(idx_tup_read) from pg_stat_user_indexes where schemaname = 'flow'");
    }
}
