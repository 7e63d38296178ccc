using System.Collections.Immutable;
using Npgsql;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Storage.Postgres;

/// <summary>The engine's store on PostgreSQL 15 or newer, shared by any number of nodes.</summary>
/// <remarks>
/// Fenced by claim tokens, one transaction per call, no session state: behind a transaction pool only the hint of other nodes' work is
/// lost. Whatever deadlocks is sent again by itself, three times at most.
/// </remarks>
public sealed class PostgresStore : IFlowStore
{
    private readonly NpgsqlDataSource source;
    private readonly PostgresBell bell;
    private readonly PostgresDefinitions definitions;
    private readonly PostgresStart start;
    private readonly PostgresClaim claim;
    private readonly PostgresCommit commit;
    private readonly PostgresRecords records;
    private readonly PostgresPublish publish;
    private readonly PostgresStimuli stimuli;
    private readonly PostgresTasks tasks;
    private readonly PostgresOutbox outbox;
    private readonly PostgresRelay relay;
    private readonly PostgresUpkeep upkeep;
    private readonly ReadSide reading;
    private readonly TimeProvider clock;

    /// <param name="connectionString">Npgsql's; the search path and automatic preparing are added.</param>
    /// <param name="time">Only for pauses inside the process; leases use the database's clock.</param>
    public PostgresStore(string connectionString, TimeProvider? time = null)
    {
        source = Database.Open(connectionString);
        reading = new ReadSide(StorageKind.PostgreSql, connectionString);
        clock = time ?? TimeProvider.System;
        var database = new Database(source);
        bell = new PostgresBell(source, clock);
        definitions = new PostgresDefinitions(database);
        start = new PostgresStart(database);
        claim = new PostgresClaim(database);
        commit = new PostgresCommit(database);
        records = new PostgresRecords(database);
        publish = new PostgresPublish(database);
        stimuli = new PostgresStimuli(database);
        tasks = new PostgresTasks(database);
        outbox = new PostgresOutbox(database);
        relay = new PostgresRelay(database, definitions);
        upkeep = new PostgresUpkeep(database);
    }

    /// <inheritdoc/>
    public StorageKind Kind => StorageKind.PostgreSql;

    /// <inheritdoc/>
    public async Task Open(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken)
    {
        await new PostgresMigrations(source).Apply(also, cancellationToken);
        await upkeep.MakeJournalMonths(cancellationToken);
        bell.Open();
    }

    /// <inheritdoc/>
    public Task<SaveReceipt> SaveDefinition(StoredDefinition definition, CancellationToken cancellationToken) => definitions.Save(definition, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RetractDefinition(string definitionId, CancellationToken cancellationToken) => definitions.Retract(definitionId, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteDefinition(string definitionId, int? version, CancellationToken cancellationToken) => definitions.Delete(definitionId, version, cancellationToken);

    public Task FixDefinition(string versionId, CancellationToken cancellationToken) => definitions.Fix(versionId, cancellationToken);

    public Task<StoredDefinition?> FindDefinition(string definitionId, VersionChoice choice, CancellationToken cancellationToken) =>
        definitions.Find(definitionId, choice, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<FixedVersion>> ListPublished(string? mentions, CancellationToken cancellationToken) => definitions.ListPublished(mentions, cancellationToken);

    public Task<ImmutableArray<FixedVersion>> ListFixed(string definitionId, CancellationToken cancellationToken) => definitions.ListFixed(definitionId, cancellationToken);

    public Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken) => definitions.FindVersion(versionId, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken) =>
        Ringing(token => start.Start(group, token), receipts => receipts.Zip(group, PostgresStart.MadeWork).Any(made => made), cancellationToken);

    /// <inheritdoc/>
    public Task<StartReceipt?> StartWithRecords(
        NewInstance start, Func<UnitOfWork, CancellationToken, Task<bool>> records, Func<UnitOfWork, CancellationToken, Task<BurstCommit?>>? first, CancellationToken cancellationToken) =>
        Ringing(
            token => this.records.Start(start, records, first, token),
            receipt => receipt is not null && (receipt.First?.MoreMail ?? PostgresStart.MadeWork(receipt, start)), cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<Claim>> Claim(ClaimRequest request, CancellationToken cancellationToken) => claim.Claim(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<long>> Renew(IReadOnlyList<long> tokens, TimeSpan lease, CancellationToken cancellationToken) =>
        claim.Renew(tokens, lease, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<CommitReceipt>> Commit(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken) =>
        Ringing(token => commit.Commit(group, token), receipts => receipts.Any(receipt => receipt.MoreMail) || group.Any(burst => !burst.Outbox.IsEmpty), cancellationToken);

    /// <inheritdoc/>
    public Task<CommitReceipt> CommitWithRecords(
        Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken) =>
        Ringing(token => records.Commit(claim, burst, token), receipt => receipt.Outcome == CommitOutcome.Committed, cancellationToken);

    /// <inheritdoc/>
    public Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken) => records.Change(change, cancellationToken);

    /// <inheritdoc/>
    public Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken) =>
        Ringing(token => publish.Publish(published, token), receipt => receipt.Delivered + receipt.Started > 0, cancellationToken);

    /// <inheritdoc/>
    public Task<MailReceipt> Send(NewMail mail, CancellationToken cancellationToken) =>
        Ringing(token => stimuli.Send(mail, token), receipt => receipt == MailReceipt.Delivered, cancellationToken);

    /// <inheritdoc/>
    public Task<int> FireTimers(int limit, CancellationToken cancellationToken) => Ringing(token => stimuli.FireTimers(limit, token), fired => fired > 0, cancellationToken);

    /// <inheritdoc/>
    public Task<TimeSpan?> NextTimer(TimeSpan within, CancellationToken cancellationToken) => stimuli.NextTimer(within, cancellationToken);

    /// <inheritdoc/>
    public Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken) =>
        Ringing(token => stimuli.RecomputeDeadlines(compute, token), moved => moved > 0, cancellationToken);

    /// <inheritdoc/>
    public Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken) =>
        Ringing(token => tasks.Act(deed, token), receipt => receipt.Outcome == TaskOutcome.Done && deed.Verb == TaskVerb.Complete, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<OutboxItem>> ClaimOutbox(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
        outbox.Claim(limit, lease, cancellationToken);

    /// <inheritdoc/>
    public Task<int> Relay(int limit, CancellationToken cancellationToken) => Ringing(token => relay.Relay(limit, token), done => done > 0, cancellationToken);

    /// <inheritdoc/>
    public async Task SettleOutbox(IReadOnlyList<OutboxResult> results, CancellationToken cancellationToken)
    {
        await outbox.Settle(results, cancellationToken);
        bell.Ring();
    }

    /// <inheritdoc/>
    public Task<int> ExpireOutbox(CancellationToken cancellationToken) => Ringing(outbox.Expire, expired => expired > 0, cancellationToken);

    /// <inheritdoc/>
    public Task<int> Halt(NewHalt halt, CancellationToken cancellationToken) => Ringing(token => stimuli.Halt(halt, token), mailed => mailed > 0, cancellationToken);

    /// <inheritdoc/>
    public async Task LiftHalt(string subjectId, CancellationToken cancellationToken)
    {
        await stimuli.LiftHalt(subjectId, cancellationToken);
        bell.Ring();
    }

    /// <inheritdoc/>
    public Task<IdempotentAnswer> Remember(IdempotencyKey key, StoredAnswer? answer, CancellationToken cancellationToken) =>
        upkeep.Remember(key, answer, cancellationToken);

    /// <inheritdoc/>
    public Task<FlowClock> ReadClock(CancellationToken cancellationToken) => upkeep.ReadClock(cancellationToken);

    /// <inheritdoc/>
    public async Task SetClock(DateTimeOffset manual, CancellationToken cancellationToken)
    {
        await upkeep.SetClock(manual, cancellationToken);
        bell.Ring();
    }

    /// <inheritdoc/>
    public Task<Agenda> ReadAgenda(CancellationToken cancellationToken) => upkeep.ReadAgenda(cancellationToken);

    /// <inheritdoc/>
    public Task Beat(NodeBeat beat, CancellationToken cancellationToken) => upkeep.Beat(beat, cancellationToken);

    /// <inheritdoc/>
    public Task<int> Sweep(CancellationToken cancellationToken) => upkeep.Sweep(cancellationToken);

    /// <inheritdoc/>
    public Task WaitForWork(TimeSpan atMost, CancellationToken cancellationToken) => bell.Wait(atMost, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<Violation>> CheckInvariants(TimeSpan grace, CancellationToken cancellationToken) =>
        Invariants.Check(new StuckLook(reading, new StuckRules([]), clock), grace, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await bell.DisposeAsync();
        await reading.DisposeAsync();
        await source.DisposeAsync();
    }

    /// <summary>Rings after the commit, when its result says that someone has work now.</summary>
    private async Task<T> Ringing<T>(Func<CancellationToken, Task<T>> deed, Func<T, bool> made, CancellationToken cancellationToken)
    {
        var result = await deed(cancellationToken);
        if (made(result))
        {
            bell.Ring();
        }

        return result;
    }
}
