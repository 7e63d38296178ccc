using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>How often something that leaves the house may happen.</summary>
public enum EffectClass
{
    /// <summary>Decided inside the burst, run again unseen after a crash; no message has it, an activity may.</summary>
    Pure = -1,

    /// <summary>Sent at least once under a stable key; nobody waits for the answer.</summary>
    Outbox = 0,

    /// <summary>Sent at least once under a stable key; the answer is applied once.</summary>
    Request = 1,

    /// <summary>Sent at most once; when it is not known whether it happened, people say so (outcome unknown).</summary>
    AtMostOnce = 2
}

/// <summary>What a message is.</summary>
public enum MessageKind
{
    /// <summary>An HTTP call: the payload is a <see cref="HttpCall"/>.</summary>
    Http = 1,

    /// <summary>A notice to people through the notification gateway: the payload is a <see cref="Notice"/>.</summary>
    Notice = 2,

    /// <summary>An event for whoever waits for it in this engine: the payload is a <see cref="EventPublished"/>.</summary>
    Event = 3,

    /// <summary>The start of another instance: the payload is a <see cref="ChildStart"/>.</summary>
    Start = 4,

    /// <summary>Mail to an instance, of the engine's own making.</summary>
    Mail = 5,

    /// <summary>An interrupt of a person: the payload is a <see cref="PersonHalted"/>. It leaves as the engine's own mail.</summary>
    Halt = 6
}

/// <summary>Something that leaves the instance with the commit that decided it (I4).</summary>
/// <param name="Target">Where it goes, for pausing, counting and dead letters: a host, a channel, a definition.</param>
public sealed record Message(MessageKind Kind, string Target, JsonElement Payload)
{
    public EffectClass Class { get; init; } = EffectClass.Outbox;

    /// <summary>Null to send at once; otherwise not before (UTC).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True for what an interrupt of the person must not stop: the handler's own messages.</summary>
    public bool PassesHalt { get; init; }

    /// <summary>True for what calls for help: it leaves before everything else that waits to leave, in its own order.</summary>
    public bool Urgent { get; init; }

    /// <summary>True for what is sent to the world outside; all else is relayed inside.</summary>
    internal bool LeavesTheHouse => Kind is MessageKind.Http or MessageKind.Notice;

    public static Message Of(HttpCall call, EffectClass @class = EffectClass.Outbox) =>
        new(MessageKind.Http, new Uri(call.Url).Host, FlowJson.Of(call)) { Class = @class };

    /// <summary>A call to an outside system that the configuration names, under its own target: pausing, back-off and health are told by it.</summary>
    /// <param name="adapter">Its name (<see cref="AdapterAddresses"/>).</param>
    /// <param name="call">Its <see cref="HttpCall.Url"/> is a path below the system's address, or empty.</param>
    public static Message To(string adapter, HttpCall call, EffectClass @class = EffectClass.Request) =>
        new(MessageKind.Http, AdapterAddresses.TargetOf(adapter), FlowJson.Of(call)) { Class = @class };

    public static Message Of(Notice notice) =>
        new(MessageKind.Notice, "notice:" + notice.Channel, FlowJson.Of(notice));

    public static Message Of(EventPublished published) =>
        new(MessageKind.Event, "event:" + published.Name, FlowJson.Of(published));

    public static Message Of(PersonHalted halted) =>
        new(MessageKind.Halt, "halt", FlowJson.Of(halted)) { PassesHalt = true };

    public static Message Of(ChildStart child) =>
        new(MessageKind.Start, "start:" + child.DefinitionId, FlowJson.Of(child));
}

/// <summary>An HTTP call. The engine adds <c>Idempotency-Key</c>.</summary>
/// <param name="Timeout">Seconds; at most 100.</param>
public sealed record HttpCall(string Method, string Url, Dictionary<string, string>? Headers = null, JsonElement Body = default, string? ContentType = null, int Timeout = 30);

/// <summary>The answer to an <see cref="HttpCall"/>: what the waiting activity gets.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Error">Why no usable answer came; null when one did.</param>
/// <param name="TimedOut">True when the time limit was over before an answer came.</param>
public sealed record HttpReply(int Status, JsonElement Body, Dictionary<string, string>? Headers = null, string? Error = null, bool OutcomeUnknown = false, bool TimedOut = false);

/// <summary>A notice to people, rendered from a template per event, audience and language when it is sent (3.0.4).</summary>
/// <param name="Template">The event's name, such as <c>decision.denied</c>.</param>
/// <param name="Channel"><c>sms</c>, <c>wechat</c>, <c>voice</c>, <c>letter</c>, <c>inbox</c>.</param>
/// <param name="To">A reference to the receiver (person or staff id, organisation code), never a phone number.</param>
/// <param name="Data">Values of the template: numbers, dates, references; never illness, disability, income or an ID number.</param>
public sealed record Notice(string Template, string Audience, string Channel, string To, JsonElement Data, string Language = "zh")
{
    /// <summary>What the gateway quotes when it says that the notice arrived or was answered; null when nobody asks.</summary>
    public string? Reference { get; init; }
}

/// <summary>An event published inside the engine.</summary>
public sealed record EventPublished(string Name, string? CorrelationId, JsonElement Payload);

/// <summary>Everything of a person stops at once: timers, messages and instances, those already committed too. The sender handles it and goes on.</summary>
/// <param name="SubjectId">The person, such as <c>person:…</c>.</param>
/// <param name="Kind">Such as <c>PersonDied</c>.</param>
public sealed record PersonHalted(string SubjectId, string Kind);

/// <summary>The start of another instance.</summary>
/// <param name="InstanceId">Its id, decided by the parent, so that a repeat starts nothing twice.</param>
/// <param name="ParentId">The instance that is told of the end; null when nobody waits.</param>
/// <param name="ParentBookmark">The bookmark at which the parent waits.</param>
public sealed record ChildStart(
    Guid InstanceId, string DefinitionId, JsonElement Input, string? CorrelationId = null, string? BusinessKey = null,
    string? SubjectId = null, Guid? ParentId = null, Guid? ParentBookmark = null)
{
    /// <summary>The version to start; null for the one that is published when it starts.</summary>
    public int? Version { get; init; }

    /// <summary>What started it, when nobody's instance did.</summary>
    public TriggerFired? Trigger { get; init; }
}
