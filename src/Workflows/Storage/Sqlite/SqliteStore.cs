using System.Collections.Immutable;
using Relief.Flow.Workflows.Storage.Stuck;
using SQLitePCL;

namespace Relief.Flow.Workflows.Storage.Sqlite;

/// <summary>Keeps an installation in one file for one process: a single writer with group commit, and a few readers.</summary>
/// <remarks>
/// Answers are given after the commit has been synced to disk. Leases follow <paramref name="time"/>; business time does too, unless
/// the clock was set by hand. A callback that runs in the writer's transaction must not call the store (it throws).
/// </remarks>
public sealed class SqliteStore(SqliteStoreOptions options, TimeProvider time) : IFlowStore
{
    private readonly SqliteSignal signal = new();
    private readonly ReadSide reading = new(StorageKind.Sqlite, $"Data Source={options.Path};Pooling=False");
    private SqliteOwner? owner;
    private SqliteWriter? writer;
    private SqliteReaders? readers;

    public StorageKind Kind => StorageKind.Sqlite;

    private SqliteWriter Writer => writer ?? throw new InvalidOperationException("The store is not open.");

    private SqliteReaders Readers => readers ?? throw new InvalidOperationException("The store is not open.");

    /// <exception cref="InvalidOperationException">Another process runs the engine on the file.</exception>
    public async Task Open(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken)
    {
        Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
        owner = SqliteOwner.Take(options.Path);
        writer = new SqliteWriter(SqliteSession.Open(options.Path, isReader: false, time), signal.Raise);
        await Change(async (session, unit, cancellation) =>
        {
            SqliteMigrations.Apply(session);
            SqliteClaim.FreeAll(session);
            if (also is not null)
            {
                await also(unit, cancellation);
            }

            return true;
        }, cancellationToken);
        readers = new SqliteReaders(options, time);
    }

    public Task<SaveReceipt> SaveDefinition(StoredDefinition definition, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteDefinitions.Save(session, definition), cancellationToken);

    public Task<bool> RetractDefinition(string definitionId, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteDefinitions.Retract(session, definitionId), cancellationToken);

    public Task<bool> DeleteDefinition(string definitionId, int? version, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteDefinitions.Delete(session, definitionId, version), cancellationToken);

    public Task FixDefinition(string versionId, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteDefinitions.Fix(session, versionId), cancellationToken);

    public Task<StoredDefinition?> FindDefinition(string definitionId, VersionChoice choice, CancellationToken cancellationToken) =>
        Readers.Read(session => SqliteDefinitions.Find(session, definitionId, choice), cancellationToken);

    public Task<ImmutableArray<FixedVersion>> ListPublished(string? mentions, CancellationToken cancellationToken) =>
        Readers.Read(session => SqliteDefinitions.ListPublished(session, mentions), cancellationToken);

    public Task<ImmutableArray<FixedVersion>> ListFixed(string definitionId, CancellationToken cancellationToken) =>
        Readers.Read(session => SqliteDefinitions.ListFixed(session, definitionId), cancellationToken);

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) =>
        Readers.Read(session => SqliteDefinitions.FindVersion(session, versionId), cancellationToken);

    public Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteStart.Start(session, group, options.StartLease), cancellationToken);

    public Task<StartReceipt?> StartWithRecords(
        NewInstance start, Func<UnitOfWork, CancellationToken, Task<bool>> records, Func<UnitOfWork, CancellationToken, Task<BurstCommit?>>? first, CancellationToken cancellationToken) =>
        Change(
            async (session, unit, cancellation) => await records(unit, cancellation)
                ? await FirstRun.Start(
                    unit, first, decided => Task.FromResult(SqliteStart.Start(session, start with { First = decided }, options.StartLease)), cancellation)
                : null,
            cancellationToken);

    public Task<ImmutableArray<Claim>> Claim(ClaimRequest request, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteClaim.Claim(session, request), cancellationToken);

    public Task<ImmutableArray<long>> Renew(IReadOnlyList<long> tokens, TimeSpan lease, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteClaim.Renew(session, tokens, lease), cancellationToken);

    public Task<ImmutableArray<CommitReceipt>> Commit(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteCommit.Commit(session, group), cancellationToken);

    public Task<CommitReceipt> CommitWithRecords(Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken) =>
        Writer.Alone((session, cancellation) => SqliteCommit.WithRecords(session, claim, burst, cancellation), cancellationToken);

    public Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        Change((_, unit, cancellation) => change(unit, cancellation), cancellationToken);

    public Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteEvents.Publish(session, published), cancellationToken);

    public Task<MailReceipt> Send(NewMail mail, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteMailbox.Send(session, mail), cancellationToken);

    public Task<int> FireTimers(int limit, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteTimers.Fire(session, limit) + SqliteTriggers.Fire(session, limit), cancellationToken);

    public Task<TimeSpan?> NextTimer(TimeSpan within, CancellationToken cancellationToken) =>
        Readers.Read(session => SqliteTimers.Next(session, within), cancellationToken);

    public async Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken)
    {
        // Computed outside the writer, which must never run others' code in a group.
        var ruled = await Readers.Read(SqliteTimers.Ruled, cancellationToken);
        var moves = ruled.ConvertAll(timer => (timer, Due: SqliteSession.Due(compute(timer.Rule)))).FindAll(move => move.Due != move.timer.Due);
        return moves.Count == 0 ? 0 : await Writer.Write(session => SqliteTimers.Move(session, moves), cancellationToken);
    }

    public Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteTasks.Act(session, deed), cancellationToken);

    public Task<ImmutableArray<OutboxItem>> ClaimOutbox(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteOutbox.Claim(session, limit, lease), cancellationToken);

    public Task<int> Relay(int limit, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteRelay.Relay(session, limit, options.StartLease), cancellationToken);

    public Task SettleOutbox(IReadOnlyList<OutboxResult> results, CancellationToken cancellationToken) =>
        Writer.Write(session => results.Count(result => SqliteOutbox.Settle(session, result)), cancellationToken);

    public Task<int> ExpireOutbox(CancellationToken cancellationToken) => Writer.Write(SqliteOutbox.Expire, cancellationToken);

    public Task<int> Halt(NewHalt halt, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteHalts.Halt(session, halt), cancellationToken);

    public Task LiftHalt(string subjectId, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteHalts.Lift(session, subjectId), cancellationToken);

    /// <summary>With an answer: stores it, or returns the one stored first. Without: only looks.</summary>
    public async Task<IdempotentAnswer> Remember(IdempotencyKey key, StoredAnswer? answer, CancellationToken cancellationToken) => answer is null
        ? await Readers.Read(session => SqliteUpkeep.Recall(session, key), cancellationToken) ?? new IdempotentAnswer(true, true, null)
        : await Writer.Write(session => SqliteUpkeep.Remember(session, key, answer), cancellationToken);

    public Task<FlowClock> ReadClock(CancellationToken cancellationToken) => Readers.Read(SqliteUpkeep.ReadClock, cancellationToken);

    public Task SetClock(DateTimeOffset manual, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteUpkeep.SetClock(session, manual), cancellationToken);

    public Task<Agenda> ReadAgenda(CancellationToken cancellationToken) => Readers.Read(SqliteUpkeep.ReadAgenda, cancellationToken);

    public Task Beat(NodeBeat beat, CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteUpkeep.Beat(session, beat), cancellationToken);

    public Task<int> Sweep(CancellationToken cancellationToken) =>
        Writer.Write(session => SqliteUpkeep.Sweep(session, options), cancellationToken);

    public Task WaitForWork(TimeSpan atMost, CancellationToken cancellationToken) => signal.Wait(atMost, cancellationToken);

    public Task<ImmutableArray<Violation>> CheckInvariants(TimeSpan grace, CancellationToken cancellationToken) =>
        Invariants.Check(new StuckLook(reading, new StuckRules([]), time), grace, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        readers?.Dispose();
        await reading.DisposeAsync();
        owner?.Dispose();
    }

    private Task<T> Change<T>(Func<SqliteSession, UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        Writer.Alone(async (session, cancellation) =>
        {
            session.Begin();
            var result = await change(session, new UnitOfWork(session.Connection, session.Transaction!), cancellation);
            session.Commit();
            return result;
        }, cancellationToken);
}
