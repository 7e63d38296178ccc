using System.Globalization;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Postgres;

namespace Relief.Flow.Tests.Storage;

/// <summary>The promises of <see cref="IFlowStore"/>, told once and kept by every store: each theme is an abstract class with one heir per database.</summary>
/// <remarks>Business time stands at <see cref="A.Noon"/> and moves only by <see cref="Later"/>; a lease of no length is over at once, so nothing sleeps.</remarks>
public abstract class FlowStoreTests : IAsyncLifetime
{
    protected const int Node = 1;
    private readonly List<Action> atEnd = [];
    private IFlowStore? store;

    protected IFlowStore Store => store ?? throw new InvalidOperationException("The store is not open yet.");

    /// <summary>Opens a store of its own on an empty database.</summary>
    protected abstract Task<IFlowStore> Open();

    public async Task InitializeAsync()
    {
        store = await Open();
        await Store.SetClock(A.Noon, default);
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        atEnd.ForEach(action => action());
    }

    protected async Task<IFlowStore> OpenSqlite()
    {
        var file = new SqliteFile();
        atEnd.Add(file.Dispose);
        return await file.Open();
    }

    protected static async Task<IFlowStore> OpenPostgres()
    {
        var store = new PostgresStore(await PostgresTemplate.Copy());
        await store.Open(null, default);
        return store;
    }

    /// <summary>Moves business time, counted from noon.</summary>
    protected Task Later(TimeSpan after) => Store.SetClock(A.Noon + after, default);

    protected async Task<StartReceipt> Start(NewInstance one) => (await Store.Start([one], default))[0];

    /// <summary>A new instance, claimed by node 1.</summary>
    protected async Task<Claim> Started(string? subject = null) => (await Start(A.Start(subject, Node))).Claim!;

    /// <summary>A new instance that waits at these bookmarks.</summary>
    protected async Task<Guid> Waiting(params NewBookmark[] bookmarks) => await Waiting(null, bookmarks);

    protected async Task<Guid> Waiting(string? subject, params NewBookmark[] bookmarks)
    {
        var claim = await Started(subject);
        Assert.Equal(CommitOutcome.Committed, (await Commit(A.Wait(claim, [.. bookmarks]))).Outcome);
        return claim.InstanceId;
    }

    protected async Task<CommitReceipt> Commit(BurstCommit burst) => (await Store.Commit([burst], default))[0];

    protected async Task<IReadOnlyList<Claim>> ClaimAll(int node = Node, TimeSpan? lease = null) =>
        await Store.Claim(new ClaimRequest(node, 100, lease ?? A.Lease), default);

    /// <summary>The only instance that is ready.</summary>
    protected async Task<Claim> ClaimOne() => Assert.Single(await ClaimAll());

    protected async Task<Claim> ClaimOf(Guid instanceId) => Assert.Single(await ClaimAll(), claim => claim.InstanceId == instanceId);

    protected async Task NothingIsReady() => Assert.Empty(await ClaimAll());

    protected async Task Finish(Claim claim) => Assert.Equal(CommitOutcome.Committed, (await Commit(A.Burst(claim, InstanceStatus.Finished))).Outcome);

    /// <summary>Runs a statement on the tables, to plant a fault or to look behind the port; written so that both databases understand it.</summary>
    protected Task<long> Ask(string sql) => Store.Change(async (unit, cancellationToken) =>
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken) ?? 0L, CultureInfo.InvariantCulture);
    }, default);
}
