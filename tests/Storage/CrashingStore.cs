using System.Collections.Immutable;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

/// <summary>A real store that fails once, at its n-th call that writes, so that a test can crash an engine at every point there is.</summary>
/// <remarks>Calls are counted from 1 over all writing methods; reads, <see cref="Open"/> and <see cref="WaitForWork"/> do not count. It owns the inner store.</remarks>
public sealed class CrashingStore(IFlowStore inner, int crashAt, CrashMoment moment) : IFlowStore
{
    private int calls;

    /// <summary>How many writing calls were made: a test goes on to n + 1 until a run makes fewer calls than n.</summary>
    public int Calls => Volatile.Read(ref calls);

    public bool HasCrashed => Calls >= crashAt;

    public StorageKind Kind => inner.Kind;

    public Task Open(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken) => inner.Open(also, cancellationToken);

    public Task<bool> SaveDefinition(StoredDefinition definition, CancellationToken cancellationToken) =>
        Call(nameof(SaveDefinition), () => inner.SaveDefinition(definition, cancellationToken), cancellationToken);

    public Task<bool> RetractDefinition(string definitionId, CancellationToken cancellationToken) =>
        Call(nameof(RetractDefinition), () => inner.RetractDefinition(definitionId, cancellationToken), cancellationToken);

    public Task<StoredDefinition?> FindDefinition(string definitionId, VersionChoice choice, CancellationToken cancellationToken) =>
        inner.FindDefinition(definitionId, choice, cancellationToken);

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) => inner.FindVersion(versionId, cancellationToken);

    public Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken) =>
        Call(nameof(Start), () => inner.Start(group, cancellationToken), cancellationToken);

    public Task<ImmutableArray<Claim>> Claim(ClaimRequest request, CancellationToken cancellationToken) =>
        Call(nameof(Claim), () => inner.Claim(request, cancellationToken), cancellationToken);

    public Task<ImmutableArray<long>> Renew(IReadOnlyList<long> tokens, TimeSpan lease, CancellationToken cancellationToken) =>
        Call(nameof(Renew), () => inner.Renew(tokens, lease, cancellationToken), cancellationToken);

    public Task<ImmutableArray<CommitReceipt>> Commit(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken) =>
        Call(nameof(Commit), () => inner.Commit(group, cancellationToken), cancellationToken);

    public Task<CommitReceipt> CommitWithRecords(Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken) =>
        Call(nameof(CommitWithRecords), () => inner.CommitWithRecords(claim, burst, cancellationToken), cancellationToken);

    public Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        Call(nameof(Change), () => inner.Change(change, cancellationToken), cancellationToken);

    public Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken) =>
        Call(nameof(Publish), () => inner.Publish(published, cancellationToken), cancellationToken);

    public Task<MailReceipt> Send(NewMail mail, CancellationToken cancellationToken) => Call(nameof(Send), () => inner.Send(mail, cancellationToken), cancellationToken);

    public Task<int> FireTimers(int limit, CancellationToken cancellationToken) => Call(nameof(FireTimers), () => inner.FireTimers(limit, cancellationToken), cancellationToken);

    public Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken) =>
        Call(nameof(RecomputeDeadlines), () => inner.RecomputeDeadlines(compute, cancellationToken), cancellationToken);

    public Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken) => Call(nameof(Act), () => inner.Act(deed, cancellationToken), cancellationToken);

    public Task<ImmutableArray<OutboxItem>> ClaimOutbox(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        Call(nameof(ClaimOutbox), () => inner.ClaimOutbox(limit, lease, cancellationToken), cancellationToken);

    public Task<int> Relay(int limit, CancellationToken cancellationToken) => Call(nameof(Relay), () => inner.Relay(limit, cancellationToken), cancellationToken);

    public Task SettleOutbox(OutboxResult result, CancellationToken cancellationToken) => Call(nameof(SettleOutbox), async () =>
    {
        await inner.SettleOutbox(result, cancellationToken);
        return true;
    }, cancellationToken);

    public Task<int> ExpireOutbox(CancellationToken cancellationToken) => Call(nameof(ExpireOutbox), () => inner.ExpireOutbox(cancellationToken), cancellationToken);

    public Task<int> Halt(NewHalt halt, CancellationToken cancellationToken) => Call(nameof(Halt), () => inner.Halt(halt, cancellationToken), cancellationToken);

    public Task LiftHalt(string subjectId, CancellationToken cancellationToken) => Call(nameof(LiftHalt), async () =>
    {
        await inner.LiftHalt(subjectId, cancellationToken);
        return true;
    }, cancellationToken);

    public Task<IdempotentAnswer> Remember(IdempotencyKey key, StoredAnswer? answer, CancellationToken cancellationToken) =>
        Call(nameof(Remember), () => inner.Remember(key, answer, cancellationToken), cancellationToken);

    public Task<FlowClock> ReadClock(CancellationToken cancellationToken) => inner.ReadClock(cancellationToken);

    public Task SetClock(DateTimeOffset manual, CancellationToken cancellationToken) => inner.SetClock(manual, cancellationToken);

    public Task<Agenda> ReadAgenda(CancellationToken cancellationToken) => inner.ReadAgenda(cancellationToken);

    public Task Beat(NodeBeat beat, CancellationToken cancellationToken) => inner.Beat(beat, cancellationToken);

    public Task<int> Sweep(CancellationToken cancellationToken) => Call(nameof(Sweep), () => inner.Sweep(cancellationToken), cancellationToken);

    public Task WaitForWork(TimeSpan atMost, CancellationToken cancellationToken) => inner.WaitForWork(atMost, cancellationToken);

    public Task<ImmutableArray<Violation>> CheckInvariants(TimeSpan grace, CancellationToken cancellationToken) => inner.CheckInvariants(grace, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task<T> Call<T>(string name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isIt = Interlocked.Increment(ref calls) == crashAt;
        if (isIt && moment == CrashMoment.Before)
        {
            throw new PlantedCrashException(name, moment);
        }

        var answer = await call();
        return isIt ? throw new PlantedCrashException(name, moment) : answer;
    }
}
