using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>An instance to start.</summary>
public sealed record NewInstance
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public required string DefinitionVersionId { get; init; }

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    public ParentLink? Parent { get; init; }

    /// <summary>The input as a JSON object.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>What started it; null when somebody asked for it.</summary>
    public TriggerFired? Trigger { get; init; }

    /// <summary>Whether it may start beside what runs: judged in the statement that starts it.</summary>
    public Activation Activation { get; init; }

    /// <summary>Starts with the same key exclude each other and never share a group; null when they do not.</summary>
    public string? ActivationKey => Activation switch
    {
        Activation.Singleton => $"definition\u001f{DefinitionId}",
        Activation.Correlation when CorrelationId is { } correlation => $"correlation\u001f{correlation}",
        Activation.CorrelatedSingleton => $"definition\u001f{DefinitionId}\u001f{CorrelationId}",
        _ => null
    };

    /// <summary>The start as mail.</summary>
    internal (MailKind Kind, JsonElement Payload) StartMail =>
        Trigger is null ? (MailKind.Start, Input) : (MailKind.Triggered, FlowJson.Of(new TriggeredStart(Input, Trigger)));

    /// <summary>Who started it (API key name, or <c>instance:…</c>).</summary>
    public string? StartedBy { get; init; }

    public IdempotencyKey? Key { get; init; }

    /// <summary>The answer stored with the key in the same transaction.</summary>
    public StoredAnswer? Answer { get; init; }

    /// <summary>The node that runs it at once; null to leave it to whoever claims it.</summary>
    public int? ClaimFor { get; init; }

    /// <summary>What the first burst decided before the start is written: both are one transaction, or neither is there.</summary>
    /// <remarks>Only with <see cref="ClaimFor"/>, and only for an id that is new. Its claim has no token yet and its only mail is the start.</remarks>
    public BurstCommit? First { get; init; }

    /// <summary>The claim under which its first burst runs, with the start as its only mail.</summary>
    /// <param name="token">The fence; 0 before the start is written.</param>
    /// <param name="mail">The id of the start mail; 0 before it is written.</param>
    public Claim FirstClaim(long token, long mail, DateTimeOffset now) => new()
    {
        InstanceId = Id,
        Token = token,
        Wake = 1,
        Attempts = 1,
        Seq = 0,
        DefinitionId = DefinitionId,
        DefinitionVersionId = DefinitionVersionId,
        DefinitionVersion = DefinitionVersion,
        Mail = [new Mail(mail, StartMail.Kind, null, StartMail.Payload, now)],
        Now = now,
        CorrelationId = CorrelationId,
        BusinessKey = BusinessKey,
        SubjectId = SubjectId,
        Parent = Parent
    };
}

public enum StartOutcome
{
    Started,

    /// <summary>The same request came before: <see cref="StartReceipt.Answer"/> is the first answer.</summary>
    Repeated,

    /// <summary>The key was used for another request.</summary>
    KeyReused,

    /// <summary>The instance exists already (same id).</summary>
    Exists,

    /// <summary>The person's services are halted (rule 12).</summary>
    Halted,

    /// <summary>What runs already excludes it (<see cref="NewInstance.Activation"/>); the receipt names that instance.</summary>
    NotActivated
}

/// <summary>The payload of <see cref="MailKind.Triggered"/>.</summary>
internal sealed record TriggeredStart(JsonElement Input, TriggerFired Trigger);

/// <summary>What became of a start.</summary>
/// <param name="Claim">There when it was started with <see cref="NewInstance.ClaimFor"/> and its first burst, if one came with it, keeps the claim.</param>
/// <param name="First">What became of the first burst; null when none was written: the claim then holds the start as mail.</param>
public sealed record StartReceipt(StartOutcome Outcome, Guid InstanceId, StoredAnswer? Answer = null, Claim? Claim = null, CommitReceipt? First = null);

/// <summary>Whose request it was: the scope is the API key and the route; the hash is over the canonical body.</summary>
public sealed record IdempotencyKey(string Scope, string Key, string RequestHash);

public sealed record StoredAnswer(int Status, string Body);

/// <summary>What <see cref="IFlowStore.Remember"/> found.</summary>
public sealed record IdempotentAnswer(bool IsNew, bool IsSameRequest, StoredAnswer? Answer);

/// <summary>What a node asks for.</summary>
/// <param name="Cached">Instances whose state the node holds in memory, with the sequence it holds.</param>
public sealed record ClaimRequest(int NodeId, int Limit, TimeSpan Lease, IReadOnlyDictionary<Guid, long>? Cached = null);

/// <summary>The right to change one instance until the lease ends or another claims it.</summary>
public sealed record Claim
{
    public required Guid InstanceId { get; init; }

    /// <summary>The fence: unique for ever.</summary>
    public required long Token { get; init; }

    /// <summary>The wake count that was seen; a commit that finds a higher one re-arms the work row.</summary>
    public required long Wake { get; init; }

    public required int Attempts { get; init; }

    public required long Seq { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int DefinitionVersion { get; init; }

    /// <summary>The stored state; null before the first commit, and when the node's cache holds this sequence.</summary>
    public byte[]? State { get; init; }

    public required ImmutableArray<Mail> Mail { get; init; }

    /// <summary>The hash of the last journal row; empty before the first.</summary>
    public byte[] ChainHead { get; init; } = [];

    /// <summary>Business time when it was claimed (UTC).</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The columns that a first burst needs to build the instance.</summary>
    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    public ParentLink? Parent { get; init; }

    /// <summary>True when the node's memory holds the state of <see cref="Seq"/> already.</summary>
    public bool IsCached { get; init; }

    /// <summary>The same right after a burst that kept it.</summary>
    public Claim After(BurstCommit kept, DateTimeOffset now) => this with
    {
        Seq = Seq + 1, ChainHead = kept.Hash, State = kept.State, Mail = [], Now = now,
        DefinitionVersionId = kept.WentOverTo?.Id ?? DefinitionVersionId, DefinitionVersion = kept.WentOverTo?.Number ?? DefinitionVersion
    };
}

/// <summary>What mail says; the numbers are stored.</summary>
public enum MailKind
{
    Start = 1,
    Event = 2,
    Timer = 3,
    Task = 4,
    Child = 5,
    Reply = 6,
    Cancel = 7,
    Retry = 8,
    Suspend = 9,
    Resume = 10,
    ChildFaulted = 11,

    /// <summary>The deadline of a standing task moved, or an interrupt of the person came.</summary>
    Halt = 12,

    /// <summary>A start by an event, a request or a schedule: the payload holds the input and what fired.</summary>
    Triggered = 13,

    /// <summary>An operator mends one run by hand: the payload is a <see cref="MendByHand"/>.</summary>
    Mend = 14
}

/// <summary>A message in an instance's mailbox.</summary>
/// <param name="Payload">JSON; undefined when there is none.</param>
/// <param name="At">Business time at which it was put there (UTC).</param>
/// <param name="Lateness">For timers: how long after its moment it fired.</param>
public sealed record Mail(long Id, MailKind Kind, Guid? BookmarkId, JsonElement Payload, DateTimeOffset At, TimeSpan Lateness = default);

/// <summary>Mail to put into a mailbox.</summary>
/// <param name="DedupKey">Only the first mail with this key is taken; null for no check.</param>
/// <param name="BookmarkId">The mail is delivered only by consuming this bookmark.</param>
public sealed record NewMail(Guid InstanceId, MailKind Kind, JsonElement Payload, string? DedupKey = null, Guid? BookmarkId = null);

/// <summary>Everything that one burst decided.</summary>
public sealed record BurstCommit
{
    public required Claim Claim { get; init; }

    public required InstanceStatus Status { get; init; }

    public required byte[] State { get; init; }

    /// <summary>Exactly the mail that was read (rule 1).</summary>
    public required ImmutableArray<long> MailRead { get; init; }

    public ImmutableArray<NewBookmark> Bookmarks { get; init; } = [];

    public ImmutableArray<Guid> Dropped { get; init; } = [];

    public ImmutableArray<NewOutboxRow> Outbox { get; init; } = [];

    /// <summary>The packed lines of the journal (JSON array), and the hash over them and the previous head.</summary>
    public required byte[] Journal { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Name { get; init; }

    public string? CorrelationId { get; init; }

    public Fault? Fault { get; init; }

    /// <summary>How many incidents are open.</summary>
    public int Incidents { get; init; }

    /// <summary>What it waits for first, for the lists: kind, since, due, activity.</summary>
    public WaitSummary? Waits { get; init; }

    /// <summary>The version to which the instance went over; null when it stays on its own.</summary>
    public VersionMark? WentOverTo { get; init; }

    /// <summary>True when a run is ready: the row stays claimed by this node under the same token and the caller goes on.</summary>
    public bool KeepClaim { get; init; }
}

/// <summary>The denormalised first incident, for lists and grouping.</summary>
public sealed record Fault(string Code, string Message, string ActivityId, long Signature);

public sealed record WaitSummary(BookmarkKind Kind, string ActivityId, DateTimeOffset Since, DateTimeOffset? Due);

/// <summary>A bookmark to write, with its timer or task.</summary>
public sealed record NewBookmark(Guid Id, long Ordinal, string ActivityId, Bookmark Bookmark);

/// <summary>A row for the outbox; its id is the receiver's idempotency key.</summary>
public sealed record NewOutboxRow(Guid Id, string ActivityId, Message Message, Guid? ReplyTo);

public enum CommitOutcome
{
    Committed,

    /// <summary>Another node has the instance: nothing was written.</summary>
    Fenced,

    /// <summary>The database refused this burst alone: nothing was written; the caller makes it an incident.</summary>
    Refused
}

/// <summary>What became of a burst.</summary>
/// <param name="Seq">The instance's new sequence.</param>
/// <param name="MoreMail">True when mail came meanwhile, so the work row was re-armed for anyone, or, with KeepClaim, stays with <paramref name="Wake"/>.</param>
public sealed record CommitReceipt(CommitOutcome Outcome, Guid InstanceId, long Seq = 0, bool MoreMail = false, string? Reason = null);

/// <summary>The transaction in which a relief activity runs.</summary>
/// <param name="Unit">What the activity gets.</param>
/// <param name="RollBack">Undoes the activity's changes, and only these (savepoint).</param>
public sealed record RecordsScope(UnitOfWork Unit, Func<CancellationToken, Task> RollBack);
