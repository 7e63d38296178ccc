using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

/// <summary>What only a SQLite file promises: one owner, one writer, everything there after a restart.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly SqliteFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_second_engine_on_the_same_file_is_refused_while_the_first_lives()
    {
        await using var first = await file.Open();
        await using var second = file.New();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.Open(null, default));

        Assert.Contains("Another process runs the engine", refused.Message);
    }

    [Fact]
    public async Task The_next_owner_of_a_file_frees_the_claims_of_the_former_and_finds_everything()
    {
        await using (var first = await file.Open())
        {
            await first.Start([A.Start(claimFor: 1)], default);
            await first.Publish(A.Published("paid"), default);
        }

        await using var second = await file.Open();

        var claim = Assert.Single(await second.Claim(new ClaimRequest(2, 10, A.Lease), default));
        Assert.Equal(2, claim.Attempts);
        Assert.True((await second.Commit([A.Wait(claim, A.Event("paid"))], default))[0].MoreMail);
    }

    [Fact]
    public async Task A_claim_of_the_former_owner_is_fenced()
    {
        Claim old;
        await using (var first = await file.Open())
        {
            old = (await first.Start([A.Start(claimFor: 1)], default))[0].Claim!;
        }

        await using var second = await file.Open();

        Assert.Equal(CommitOutcome.Fenced, (await second.Commit([A.Burst(old)], default))[0].Outcome);
    }

    [Fact]
    public async Task Further_migrations_run_with_the_engines_own_or_not_at_all()
    {
        await using (var broken = file.New())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Open((_, _) => throw new InvalidOperationException("no"), default));
        }

        await using var store = file.New();
        await store.Open(async (unit, cancellationToken) =>
        {
            await using var command = unit.Connection.CreateCommand();
            command.Transaction = unit.Transaction;
            command.CommandText = "create table relief (id integer primary key)";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }, default);

        Assert.Equal(0, (await store.ReadAgenda(default)).Working);
    }

    [Fact]
    public async Task Calling_the_store_while_its_writer_is_held_is_refused_and_does_not_hang()
    {
        await using var store = await file.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Change(async (_, cancellationToken) =>
        {
            await store.Sweep(cancellationToken);
            return 0;
        }, default));

        Assert.Equal(0, await store.Sweep(default));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_queues_never_happens()
    {
        await using var store = await file.Open();
        using var cancelled = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var holds = store.Change(async (_, _) =>
        {
            await gate.Task;
            return 0;
        }, default);
        var start = store.Start([A.Start()], cancelled.Token);
        await cancelled.CancelAsync();
        gate.SetResult();
        await holds;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Empty(await store.Claim(new ClaimRequest(1, 10, A.Lease), default));
    }

    [Fact]
    public async Task One_bad_write_does_not_sink_the_others_of_its_group()
    {
        await using var store = await file.Open();
        var gate = new TaskCompletionSource();
        var holds = store.Change(async (_, _) =>
        {
            await gate.Task;
            return 0;
        }, default);
        var good = store.Start([A.Start()], default);
        var bad = store.Start([A.Start() with { DefinitionId = null! }], default);
        var last = store.Start([A.Start()], default);
        gate.SetResult();
        await holds;

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bad);
        Assert.Equal([StartOutcome.Started, StartOutcome.Started], [(await good)[0].Outcome, (await last)[0].Outcome]);
        Assert.Equal(2, (await store.Claim(new ClaimRequest(1, 10, A.Lease), default)).Length);
    }

    [Fact]
    public async Task Without_a_manual_clock_business_time_is_the_given_clock()
    {
        await using var store = await file.Open(new StoppedTime(A.Noon));

        Assert.Equal(new FlowClock(A.Noon, false), await store.ReadClock(default));
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
