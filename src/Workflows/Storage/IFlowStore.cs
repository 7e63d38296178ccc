using System.Collections.Immutable;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Keeps instances, their mail and whatever they wait for. Two implementations: PostgreSQL and SQLite, one behaviour.</summary>
/// <remarks>
/// Every method is one transaction and idempotent where its argument carries a key. An instance changes only in
/// <see cref="Commit"/> and <see cref="CommitWithRecords"/> (I1), and only while the claim's token is the current one (I2).
/// A method that throws has written nothing, except when the connection broke during a commit: then the outcome is unknown and
/// the caller re-reads by claim; it never sends blindly again.
/// "Now" is the store's business time (<see cref="ReadClock"/>); leases use the database's own clock.
/// </remarks>
public interface IFlowStore : IAsyncDisposable
{
    StorageKind Kind { get; }

    /// <summary>Applies the missing migrations under a lock; on SQLite also takes ownership of the file and frees the former owner's claims.</summary>
    /// <param name="also">Further migrations (relief tables) run under the same lock, on an open connection.</param>
    Task Open(Func<UnitOfWork, CancellationToken, Task>? also, CancellationToken cancellationToken);

    // --- definitions -------------------------------------------------------------------------------------------------

    /// <summary>Writes or replaces the draft, or adds a published version; keeps "latest" and "published" true for one version each.</summary>
    /// <remarks>A published version's triggers take the place of the former ones' in the same transaction; a schedule that stands keeps its next moment.</remarks>
    Task<SaveReceipt> SaveDefinition(StoredDefinition definition, CancellationToken cancellationToken);

    /// <summary>Takes the published mark off a definition's version, and its triggers away; running instances keep it.</summary>
    Task<bool> RetractDefinition(string definitionId, CancellationToken cancellationToken);

    /// <summary>Takes a definition off every list, or one version of it; what instances run on is kept, unlisted.</summary>
    /// <param name="version">The version's number; null for all.</param>
    /// <returns>False when there is none, or the one version has instances.</returns>
    Task<bool> DeleteDefinition(string definitionId, int? version, CancellationToken cancellationToken);

    /// <summary>From now on the version's bytes never change: something is about to run on them.</summary>
    Task FixDefinition(string versionId, CancellationToken cancellationToken);

    Task<StoredDefinition?> FindDefinition(string definitionId, VersionChoice choice, CancellationToken cancellationToken);

    Task<StoredDefinition?> FindVersion(string versionId, CancellationToken cancellationToken);

    /// <summary>The published version of every definition, without their bodies, by definition id.</summary>
    /// <param name="mentions">Only those whose file has this text in it; null for all.</param>
    Task<ImmutableArray<FixedVersion>> ListPublished(string? mentions, CancellationToken cancellationToken);

    /// <summary>Every version of one definition that was published or run, without their bodies, the newest first.</summary>
    Task<ImmutableArray<FixedVersion>> ListFixed(string definitionId, CancellationToken cancellationToken);

    // --- work --------------------------------------------------------------------------------------------------------

    /// <summary>Starts instances, each at most once per idempotency key and per instance id; equal keys never come in one group.</summary>
    /// <remarks>With <see cref="NewInstance.ClaimFor"/> the row is born claimed by that node and comes back with its claim.</remarks>
    Task<ImmutableArray<StartReceipt>> Start(IReadOnlyList<NewInstance> group, CancellationToken cancellationToken);

    /// <summary>Changes records and starts an instance in one transaction: both are there or neither (INV-21).</summary>
    /// <param name="records">Says whether to start; when not, the records are kept all the same. May be called again after a conflict.</param>
    /// <param name="first">
    /// Runs the first burst behind the records, in their transaction. One that decides nothing, or cannot be stored, is left out with all that it changed, and records and start stand; null
    /// leaves it to the claim.
    /// </param>
    /// <returns>Null when the records were changed and nothing was to be started.</returns>
    Task<StartReceipt?> StartWithRecords(
        NewInstance start, Func<UnitOfWork, CancellationToken, Task<bool>> records, Func<UnitOfWork, CancellationToken, Task<BurstCommit?>>? first, CancellationToken cancellationToken);

    /// <summary>Claims runnable instances for a lease and reads their state and all their mail (rule 2: on a new snapshot).</summary>
    Task<ImmutableArray<Claim>> Claim(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Prolongs the leases of long bursts; tokens that are no longer current are left out of the answer.</summary>
    Task<ImmutableArray<long>> Renew(IReadOnlyList<long> tokens, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes many bursts in one transaction. A burst whose token or sequence is no longer current writes nothing: Fenced.</summary>
    /// <remarks>When the group fails on data it is retried burst by burst; the one that fails alone comes back as Refused with the reason.</remarks>
    Task<ImmutableArray<CommitReceipt>> Commit(IReadOnlyList<BurstCommit> group, CancellationToken cancellationToken);

    /// <summary>Runs the last activity of a burst in the transaction that commits it (engine.md 1.17, rule 8).</summary>
    /// <remarks>
    /// Checks the fence first; then calls <paramref name="burst"/>, which may roll its records back to the savepoint, and commits what it
    /// returns. A serialization failure or deadlock rolls all back and calls again, three times at most. A database constraint that is
    /// violated at commit comes back as Refused.
    /// </remarks>
    Task<CommitReceipt> CommitWithRecords(Claim claim, Func<RecordsScope, CancellationToken, Task<BurstCommit>> burst, CancellationToken cancellationToken);

    /// <summary>Changes records outside any instance (seeding, approving a price) in one transaction; on SQLite by the single writer.</summary>
    Task<T> Change<T>(Func<UnitOfWork, CancellationToken, Task<T>> change, CancellationToken cancellationToken);

    // --- stimuli -----------------------------------------------------------------------------------------------------

    /// <summary>Publishes an event: consumes every matching bookmark into mail and starts whatever is triggered by it, once; parks it under the lock when
    /// it reaches and starts nothing (1.7, rule 3).</summary>
    Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken);

    /// <summary>Puts mail into an instance's mailbox, once per dedup key; with a bookmark, only by consuming it.</summary>
    Task<MailReceipt> Send(NewMail mail, CancellationToken cancellationToken);

    /// <summary>Fires timers due by business time: consumes bookmark and timer, mails, wakes; those of halted subjects stay. Schedules that are due start
    /// their instance, once for all that was missed, and move to their next moment after now, in one transaction.</summary>
    /// <returns>How many fired.</returns>
    Task<int> FireTimers(int limit, CancellationToken cancellationToken);

    /// <summary>How long until the next timer or schedule falls due, when that is soon; null when it is not, and while business time is set by hand.</summary>
    Task<TimeSpan?> NextTimer(TimeSpan within, CancellationToken cancellationToken);

    /// <summary>Computes open working-day deadlines again after the calendar changed.</summary>
    /// <param name="compute">The due instant of a rule.</param>
    /// <returns>How many timers moved.</returns>
    Task<int> RecomputeDeadlines(Func<DueRule, DateTimeOffset> compute, CancellationToken cancellationToken);

    // --- tasks -------------------------------------------------------------------------------------------------------

    /// <summary>Claims, releases, delegates or completes a task; completing consumes its bookmark into mail.</summary>
    Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken);

    // --- outbox ------------------------------------------------------------------------------------------------------

    /// <summary>Leases due rows for sending, those of halted subjects left out. An at-most-once row is marked as started and never leased again.</summary>
    Task<ImmutableArray<OutboxItem>> ClaimOutbox(int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Carries out rows that stay inside the house (events, starts, mail): row and result in one transaction each.</summary>
    /// <returns>How many were carried out.</returns>
    Task<int> Relay(int limit, CancellationToken cancellationToken);

    /// <summary>Records what became of sent rows, each once; only the update that takes one out of pending mails its answer (rule 13). All of them, or on an error none.</summary>
    Task SettleOutbox(IReadOnlyList<OutboxResult> results, CancellationToken cancellationToken);

    /// <summary>Turns at-most-once rows whose lease ran out into "outcome unknown" mail.</summary>
    Task<int> ExpireOutbox(CancellationToken cancellationToken);

    // --- interrupts, idempotency, clock, upkeep ------------------------------------------------------------------------

    /// <summary>Stops a person's timers and messages at once and mails each of that person's open instances (rule 12).</summary>
    Task<int> Halt(NewHalt halt, CancellationToken cancellationToken);

    Task LiftHalt(string subjectId, CancellationToken cancellationToken);

    /// <summary>Stores the answer to an idempotent request, or returns the one stored first.</summary>
    Task<IdempotentAnswer> Remember(IdempotencyKey key, StoredAnswer? answer, CancellationToken cancellationToken);

    Task<FlowClock> ReadClock(CancellationToken cancellationToken);

    /// <summary>Sets the manual business time; it never goes back.</summary>
    Task SetClock(DateTimeOffset manual, CancellationToken cancellationToken);

    /// <summary>What is due next and what still runs, for the manual clock and for sleeping.</summary>
    Task<Agenda> ReadAgenda(CancellationToken cancellationToken);

    /// <summary>The node's heartbeat; frees the claims of nodes that have been silent for 10 s, and at the first beat those of its own former life.</summary>
    Task Beat(NodeBeat beat, CancellationToken cancellationToken);

    /// <summary>Deletes what has outlived its time: parked events, idempotency keys, delivered outbox rows.</summary>
    Task<int> Sweep(CancellationToken cancellationToken);

    /// <summary>Waits until another node may have made work, or the time is over. Returns at once when it is cancelled.</summary>
    Task WaitForWork(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Counts the violations of the engine's invariants K6–K10, each older than the grace period.</summary>
    Task<ImmutableArray<Violation>> CheckInvariants(TimeSpan grace, CancellationToken cancellationToken);
}
