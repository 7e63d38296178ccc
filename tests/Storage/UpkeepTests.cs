using System.Diagnostics;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class UpkeepTests : FlowStoreTests
{
    private static readonly IdempotencyKey Key = new("clerk POST /events", "k", "h1");

    [Fact]
    public async Task The_manual_clock_is_business_time_and_never_goes_back()
    {
        Assert.Equal(new FlowClock(A.Noon, true), await Store.ReadClock(default));
        await Later(TimeSpan.FromHours(1));
        await Store.SetClock(A.Noon, default);

        Assert.Equal(A.Noon.AddHours(1), (await Store.ReadClock(default)).Now);
        Assert.Equal(A.Noon.AddHours(1), (await Started()).Now);
    }

    [Fact]
    public async Task The_agenda_names_the_next_moment_and_what_still_runs()
    {
        Assert.Equal(new Agenda(null, 0, 0, 0), await Store.ReadAgenda(default));
        var id = await Waiting(A.Timer(A.Noon.AddHours(3)), A.Event("go"));
        await Commit(A.Send(await Started(), A.Row(Message.Of(A.Call()) with { NotBefore = A.Noon.AddHours(2) })));
        Assert.Equal(new Agenda(A.Noon.AddHours(2), 0, 0, 0), await Store.ReadAgenda(default));

        await Store.Publish(A.Published("go"), default);
        Assert.Equal(1, (await Store.ReadAgenda(default)).Working);
        await ClaimOf(id);
        Assert.Equal(1, (await Store.ReadAgenda(default)).Working);
    }

    [Fact]
    public async Task The_agenda_counts_what_is_due_until_it_is_done()
    {
        await Waiting(A.Timer(A.Noon));
        await Commit(A.Send(await Started(), A.Http(), A.Publishes("paid")));

        var busy = await Store.ReadAgenda(default);
        Assert.Equal((2, 1, false), (busy.Leaving, busy.Due, busy.IsQuiet));

        await Store.Relay(10, default);
        var item = Assert.Single(await Store.ClaimOutbox(10, A.Lease, default));
        Assert.Equal(1, (await Store.ReadAgenda(default)).Leaving);
        await Store.SettleOutbox([new OutboxResult(item.Id, true, default, null, null)], default);
        await Store.FireTimers(10, default);
        await Finish(await ClaimOne());

        Assert.True((await Store.ReadAgenda(default)).IsQuiet);
    }

    [Fact]
    public async Task The_first_answer_to_a_request_is_remembered()
    {
        Assert.True((await Store.Remember(Key, null, default)).IsNew);
        Assert.True((await Store.Remember(Key, new StoredAnswer(202, "first"), default)).IsNew);

        Assert.Equal(new IdempotentAnswer(false, true, new StoredAnswer(202, "first")), await Store.Remember(Key, new StoredAnswer(202, "second"), default));
        Assert.Equal(new IdempotentAnswer(false, true, new StoredAnswer(202, "first")), await Store.Remember(Key, null, default));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_told_apart()
    {
        await Store.Remember(Key, new StoredAnswer(202, "first"), default);

        var other = await Store.Remember(Key with { RequestHash = "h2" }, new StoredAnswer(202, "second"), default);

        Assert.Equal((false, false), (other.IsNew, other.IsSameRequest));
    }

    [Fact]
    public async Task Sweeping_forgets_what_has_outlived_its_time_and_nothing_else()
    {
        await Store.Publish(A.Published("old"), default);
        await Store.Remember(Key, new StoredAnswer(202, "first"), default);
        await Commit(A.Send(await Started(), A.Http(), A.Http()));
        var sent = (await Store.ClaimOutbox(1, A.Lease, default))[0];
        await Store.SettleOutbox([new OutboxResult(sent.Id, true, default, null, null)], default);
        Assert.Equal(0, await Store.Sweep(default));
        await Later(TimeSpan.FromDays(29));
        await Store.Sweep(default);
        Assert.Equal(2, await Ask("select count(*) from outbox"));

        await Later(TimeSpan.FromDays(400));

        Assert.True(await Store.Sweep(default) >= 2);
        Assert.Equal(0, await Ask("select (select count(*) from parked_event) + (select count(*) from idempotency)"));
        Assert.Equal(1, await Ask("select count(*) from outbox"));
        Assert.True((await Store.Remember(Key, null, default)).IsNew);
    }

    [Fact]
    public async Task Waiting_for_work_ends_when_its_time_is_over_or_it_is_cancelled()
    {
        await Store.WaitForWork(TimeSpan.FromMilliseconds(1), default);
        await Store.WaitForWork(TimeSpan.FromMilliseconds(1), default);

        await Store.WaitForWork(TimeSpan.FromHours(1), new CancellationToken(canceled: true));
    }

    [Fact]
    public async Task Waiting_for_work_ends_when_there_is_some()
    {
        await Store.WaitForWork(TimeSpan.FromMilliseconds(1), default);
        var watch = Stopwatch.StartNew();
        var waiting = Store.WaitForWork(TimeSpan.FromSeconds(30), default);
        await Start(A.Start());

        await waiting;

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    public sealed class OnSqlite : UpkeepTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : UpkeepTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
