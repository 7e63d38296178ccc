using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>An event for whoever waits for it.</summary>
/// <param name="CorrelationId">Null for a broadcast: every bookmark with that key matches.</param>
/// <param name="KeepFor">How long it is parked when nobody waits yet; zero to drop it.</param>
/// <param name="DedupKey">A second publish with this key does nothing; null for no check.</param>
public sealed record EventToPublish(string Name, string? CorrelationId, JsonElement Payload, TimeSpan KeepFor, string? DedupKey = null)
{
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);
}

/// <summary>How many instances got the event, whether it was parked for one that will wait, and how many it starts.</summary>
public sealed record PublishReceipt(int Delivered, bool Parked, int Started = 0);

/// <summary>A person's or an app's deed on a task.</summary>
/// <param name="By">The person who does it, or for whom an app does it.</param>
/// <param name="Verb">What is done.</param>
/// <param name="To">The receiver of a delegation.</param>
/// <param name="Outcome">The chosen outcome of a completion.</param>
/// <param name="Data">The form's data of a completion, or a note.</param>
public sealed record TaskDeed(Guid TaskId, TaskVerb Verb, string By, string? To = null, string? Outcome = null, JsonElement Data = default);

public enum TaskVerb
{
    Claim,
    Release,
    Delegate,
    Complete
}

public enum TaskOutcome
{
    Done,

    /// <summary>The same person did the same before; the answer is the first one.</summary>
    Repeated,

    NotFound,

    /// <summary>It is completed, cancelled, or claimed by another: the state says which.</summary>
    WrongState,

    /// <summary>The person is excluded from it (INV-09, conflict of interest).</summary>
    Excluded,

    /// <summary>The task has no such outcome.</summary>
    NoSuchOutcome
}

/// <summary>What became of a deed on a task.</summary>
public sealed record TaskReceipt(TaskOutcome Outcome, string? State = null, string? Assignee = null, Guid? InstanceId = null, string? FirstOutcome = null);

/// <summary>A row that must leave the house now.</summary>
public sealed record OutboxItem(
    Guid Id, Guid InstanceId, string ActivityId, Message Message, Guid? ReplyTo, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset Now);

/// <summary>What became of a sent row.</summary>
/// <param name="Delivered">True to finish it; false to try again at <paramref name="RetryAt"/>, or to give up when that is null.</param>
/// <param name="Reply">The payload of the answer mail, when someone waits for it.</param>
public sealed record OutboxResult(Guid Id, bool Delivered, JsonElement Reply, DateTimeOffset? RetryAt, string? Error);

/// <summary>An interrupt of one person.</summary>
/// <param name="Kind">Such as <c>PersonDied</c>, <c>PersonMoved</c>, <c>CaseFrozen</c>.</param>
/// <param name="Handler">The instance whose own timers and messages go on; null for none.</param>
public sealed record NewHalt(string SubjectId, string Kind, Guid? Handler, JsonElement Payload)
{
    /// <summary>The mail by which an instance that handles an interrupt raises it; carried out by the relay, never put into a mailbox.</summary>
    /// <param name="handler">The instance that handles it.</param>
    public static NewMail ByInstance(Guid handler, PersonHalted halted) => new(handler, MailKind.Halt, FlowJson.Of(halted));

    /// <summary>The halt that such a mail means.</summary>
    public static NewHalt From(NewMail mail)
    {
        var halted = FlowJson.To<PersonHalted>(mail.Payload) ?? throw new JsonException("A halt without a person.");
        return new NewHalt(halted.SubjectId, halted.Kind, mail.InstanceId, FlowJson.Of(new { kind = halted.Kind, data = new { } }));
    }
}

/// <summary>Business time. Real unless an operator of a test system set it by hand.</summary>
public sealed record FlowClock(DateTimeOffset Now, bool IsManual);

/// <summary>What comes next.</summary>
/// <param name="NextDue">The next instant after now at which a timer or an outbox row becomes due; null when there is none.</param>
/// <param name="Working">Instances that are runnable or running now.</param>
/// <param name="Leaving">Outbox rows that are due or being sent.</param>
/// <param name="Due">Timers due by now.</param>
public sealed record Agenda(DateTimeOffset? NextDue, int Working, int Leaving, int Due)
{
    public bool IsQuiet => Working == 0 && Leaving == 0 && Due == 0;
}

/// <summary>A node's sign of life.</summary>
/// <param name="IsFirst">True when the process has just begun and holds nothing: what its former life under this number had claimed is freed at once.</param>
public sealed record NodeBeat(int NodeId, string Version, bool IsFirst = false);

/// <summary>A broken invariant: code K6–K10, and an example.</summary>
public sealed record Violation(string Code, string What, string Example);
