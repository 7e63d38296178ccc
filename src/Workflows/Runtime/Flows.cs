using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The door to running pathways: start, publish, act, cancel, retry. Every deed is on disk when its task ends.</summary>
public sealed class Flows
{
    private readonly IFlowStore _store;
    private readonly DefinitionLibrary _library;
    private readonly InstanceStarts _starts;
    private readonly InstanceWorker _worker;
    private readonly FlowNode _node;

    public Flows(IFlowStore store, DefinitionLibrary library, InstanceStarts starts, InstanceWorker worker, FlowNode node)
    {
        _store = store;
        _library = library;
        _starts = starts;
        _worker = worker;
        _node = node;
    }

    /// <summary>Starts an instance, at most once per key; it is durable when this returns, and runs on its own.</summary>
    public async Task<StartResult> Start(StartInstance request, CancellationToken cancellationToken)
    {
        if (await _library.FindToStart(request.DefinitionId, request.Version, cancellationToken) is not { } version)
        {
            return new NoSuchDefinition();
        }

        // What fires by itself brings no inputs: the definition's defaults have to do.
        if (request.Trigger is null && StartRules.Check(version.Definition, request.Input) is { IsEmpty: false } problems)
        {
            return new Refused(problems);
        }

        var start = NewInstance(request, version);
        var receipt = await _starts.Write(start, version.Definition, isNew: request.InstanceId is null, cancellationToken);
        if (receipt.Claim is { } claim)
        {
            _ = _worker.Begin(claim, _node.Stopping);
        }

        return Result(receipt, start);
    }

    /// <summary>Changes records and starts an instance in one transaction; it begins on this node at once. Without a published definition the records alone are kept.</summary>
    /// <param name="records">Says whether to start. May be called again after a conflict of transactions.</param>
    /// <returns>Null when the records were changed and nothing was to be started.</returns>
    public async Task<StartResult?> StartWithRecords(StartInstance request, Func<UnitOfWork, CancellationToken, Task<bool>> records, CancellationToken cancellationToken)
    {
        if (await _library.Find(request.DefinitionId, request.Version, cancellationToken) is not { } version)
        {
            await _store.Change(records, cancellationToken);
            return new NoSuchDefinition();
        }

        var start = NewInstance(request, version);
        var receipt = await _starts.WriteWithRecords(start, records, request.RunsWithRecords ? version.Definition : null, cancellationToken);
        if (receipt?.Claim is { } claim)
        {
            _ = _worker.Begin(claim, _node.Stopping);
        }

        return receipt is null ? null : Result(receipt, start);
    }

    /// <summary>There may be something to do now.</summary>
    public void Nudge() => _node.Nudge();

    /// <summary>Publishes an event; what it starts begins a moment later on any node.</summary>
    public async Task<PublishReceipt> Publish(EventToPublish published, CancellationToken cancellationToken)
    {
        var receipt = await _store.Publish(published, cancellationToken);
        if (receipt.Started > 0)
        {
            _node.NudgeRelay();
        }

        return receipt;
    }

    /// <summary>Gives a request to the one bookmark that waits for it; late when another request was faster.</summary>
    public Task<MailReceipt> Receive(Guid instanceId, Guid bookmarkId, HttpReceived request, CancellationToken cancellationToken) =>
        _store.Send(new NewMail(instanceId, MailKind.Event, FlowJson.Of(request), BookmarkId: bookmarkId), cancellationToken);

    public Task<TaskReceipt> Act(TaskDeed deed, CancellationToken cancellationToken) => _store.Act(deed, cancellationToken);

    /// <summary>Ends an instance: bookmarks, timers and open tasks go, children it waits for are cancelled too, and the journal says who and why.</summary>
    public Task<MailReceipt> Cancel(Guid id, string? reason, string by, CancellationToken cancellationToken) =>
        Mail(id, MailKind.Cancel, new { reason, by }, cancellationToken);

    /// <summary>Tries again what has an incident: one run, or all of them.</summary>
    public Task<MailReceipt> Retry(Guid id, long? ordinal, string by, CancellationToken cancellationToken) =>
        Mail(id, MailKind.Retry, new { ordinal, by }, cancellationToken);

    public Task<MailReceipt> Suspend(Guid id, string? reason, string by, CancellationToken cancellationToken) =>
        Mail(id, MailKind.Suspend, new { reason, by }, cancellationToken);

    public Task<MailReceipt> Resume(Guid id, string by, CancellationToken cancellationToken) => Mail(id, MailKind.Resume, new { by }, cancellationToken);

    /// <summary>Stops a person's timers and messages at once, those already committed too, and tells each of that person's instances (3.3).</summary>
    public Task<int> Halt(NewHalt halt, CancellationToken cancellationToken) =>
        _store.Halt(halt with { Payload = FlowJson.Of(new { kind = halt.Kind, data = halt.Payload }) }, cancellationToken);

    public async Task LiftHalt(string subjectId, CancellationToken cancellationToken)
    {
        await _store.LiftHalt(subjectId, cancellationToken);
        _node.Nudge();
    }

    public Task<FlowClock> Clock(CancellationToken cancellationToken) => _store.ReadClock(cancellationToken);

    private static StartResult Result(StartReceipt receipt, NewInstance start) => receipt.Outcome switch
    {
        StartOutcome.Started => new Started(receipt.InstanceId, start.Answer!),
        StartOutcome.Repeated => new Repeated(receipt.InstanceId, receipt.Answer!),
        StartOutcome.Exists => new Repeated(receipt.InstanceId, start.Answer!),
        StartOutcome.KeyReused => new KeyReused(),
        StartOutcome.NotActivated => new NotActivated(receipt.InstanceId),
        _ => new Halted()
    };

    private static NewInstance NewInstance(StartInstance request, CompiledVersion version)
    {
        var id = request.InstanceId ?? Guid.CreateVersion7();
        return new NewInstance
        {
            Id = id,
            DefinitionId = request.DefinitionId,
            DefinitionVersion = version.Number,
            DefinitionVersionId = version.VersionId,
            CorrelationId = request.CorrelationId,
            BusinessKey = request.BusinessKey,
            SubjectId = request.SubjectId,
            Trigger = request.Trigger,
            Activation = version.Activation,
            Input = request.Input.ValueKind == JsonValueKind.Object ? request.Input : FlowJson.Of(new { }),
            StartedBy = request.By,
            Key = request.Key,
            Answer = new StoredAnswer(202, JsonSerializer.Serialize(
                new { instanceId = id, status = "Running", definitionId = request.DefinitionId, version = version.Number, correlationId = request.CorrelationId }, FlowJson.Options))
        };
    }

    // Whoever is called by what the store wrote is looked for at once: the store itself says so to this process and to the others.
    private Task<MailReceipt> Mail(Guid id, MailKind kind, object payload, CancellationToken cancellationToken) =>
        _store.Send(new NewMail(id, kind, FlowJson.Of(payload)), cancellationToken);
}

/// <summary>A wish to start an instance.</summary>
/// <param name="By">Who starts it: an API key's name, or a person.</param>
public sealed record StartInstance(string DefinitionId, JsonElement Input, string By)
{
    /// <summary>The same start as an instance would send it.</summary>
    public static StartInstance Of(ChildStart start, string by) => new(start.DefinitionId, start.Input, by)
    {
        InstanceId = start.InstanceId, CorrelationId = start.CorrelationId, BusinessKey = start.BusinessKey, SubjectId = start.SubjectId
    };

    public VersionChoice Version { get; init; } = VersionChoice.Published;

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    public IdempotencyKey? Key { get; init; }

    /// <summary>An id decided by the caller, so that a repeat starts nothing twice; null for a new one.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>What starts it, when it is more than a wish: it begins at that activity.</summary>
    public TriggerFired? Trigger { get; init; }

    /// <summary>
    /// Started with records, its first activities run in that transaction as long as they know records, so what they decide is on disk with the start. For what must not wait and is about
    /// records that nobody else has yet.
    /// </summary>
    public bool RunsWithRecords { get; init; }
}

/// <summary>What became of a wish to start.</summary>
public abstract record StartResult;

public sealed record Started(Guid InstanceId, StoredAnswer Answer) : StartResult;

/// <summary>It was started before; this is the first answer.</summary>
public sealed record Repeated(Guid InstanceId, StoredAnswer Answer) : StartResult;

/// <summary>The idempotency key was used for another request.</summary>
public sealed record KeyReused : StartResult;

public sealed record NoSuchDefinition : StartResult;

/// <summary>The input does not fit what the definition declares.</summary>
public sealed record Refused(ImmutableArray<Problem> Problems) : StartResult;

/// <summary>The person's services are halted.</summary>
public sealed record Halted : StartResult;

/// <summary>What runs already excludes it, by the definition's activation strategy.</summary>
/// <param name="Running">The open instance.</param>
public sealed record NotActivated(Guid Running) : StartResult;
