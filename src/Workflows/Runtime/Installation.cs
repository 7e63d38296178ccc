using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>What concerns an installation as a whole rather than one instance: its tables, its records, remembered answers, its clock, its proofs.</summary>
/// <remarks>Each call is one transaction of the store and promises what the store promises.</remarks>
public sealed class Installation(IFlowStore store)
{
    public StorageKind Kind => store.Kind;

    /// <summary>Brings the tables up to date under the store's lock: the engine's, then those of <paramref name="also"/>.</summary>
    public Task Open(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken) => store.Open(also, cancellationToken);

    /// <summary>Changes records outside any instance, in one transaction; on SQLite by the single writer.</summary>
    public Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken) => store.Change(change, cancellationToken);

    /// <summary>The answer that a request with this key had, if it came before.</summary>
    public Task<IdempotentAnswer> Recall(IdempotencyKey key, CancellationToken cancellationToken) => store.Remember(key, null, cancellationToken);

    /// <summary>Keeps the answer to a request; the first one stays.</summary>
    public Task<IdempotentAnswer> Keep(IdempotencyKey key, StoredAnswer answer, CancellationToken cancellationToken) => store.Remember(key, answer, cancellationToken);

    /// <summary>Business time stands still from now on, at this instant unless it stands already.</summary>
    public async Task StandStill(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!(await store.ReadClock(cancellationToken)).IsManual)
            await store.SetClock(at, cancellationToken);
    }

    public Task<FlowClock> ReadClock(CancellationToken cancellationToken) => store.ReadClock(cancellationToken);

    /// <summary>Computes open working-day deadlines again after the calendar changed, each timer together with its task and wait; how many moved.</summary>
    /// <remarks>May be repeated: what stands right stays. The rule is asked outside the transaction and must not block.</remarks>
    public Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken) => store.RecomputeDeadlines(compute, cancellationToken);

    /// <summary>The violations of the invariants K6–K10 that are older than the grace period; none in a sound installation.</summary>
    public Task<ImmutableArray<Violation>> CheckInvariants(TimeSpan grace, CancellationToken cancellationToken) => store.CheckInvariants(grace, cancellationToken);
}
