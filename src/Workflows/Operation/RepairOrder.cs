using System.Text.Json;

namespace Relief.Flow.Workflows.Operation;

/// <summary>What an operator wants done.</summary>
public sealed record RepairOrder
{
    /// <summary>The instance it is done to; null for an event that belongs to none.</summary>
    public Guid? InstanceId { get; init; }

    public required RepairAction Action { get; init; }

    /// <summary>What it is done to: the ordinal of a run, or the id of a timer, a message, an event. Null for the instance as a whole.</summary>
    public string? Target { get; init; }

    /// <summary>The outcome to leave by (skip), the step to go to (move), the bookmark to give it to (deliver).</summary>
    public string? To { get; init; }

    /// <summary>The variables to set, by id (edit).</summary>
    public Dictionary<string, JsonElement>? Values { get; init; }

    /// <summary>Why: kept with the deed and in the journal.</summary>
    public required string Reason { get; init; }

    /// <summary>Who.</summary>
    public required string By { get; init; }
}

/// <summary>How far a repair has come; the numbers are stored.</summary>
public enum RepairState
{
    /// <summary>Written down, and carried out at once or by the next look after a crash.</summary>
    Begun = 0,

    /// <summary>Waits for a second person.</summary>
    Asked = 1,

    Done = 2,

    /// <summary>The second person said no.</summary>
    Refused = 3,

    /// <summary>There was nothing left to do it to: somebody or something else was faster.</summary>
    Missed = 4,

    /// <summary>An item of a batch whose turn has not come.</summary>
    Queued = 5
}

/// <summary>A repair as it is kept: who, what, to what, why, how it ended.</summary>
public sealed record RepairLine
{
    public required Guid Id { get; init; }

    public Guid? InstanceId { get; init; }

    public required RepairAction Action { get; init; }

    public string? Target { get; init; }

    /// <summary>The outcome, step or bookmark of the order.</summary>
    public string? To { get; init; }

    /// <summary>The values of the order; not told, for they may be personal.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Dictionary<string, JsonElement>? Values { get; init; }

    public required string Reason { get; init; }

    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required RepairState State { get; init; }

    /// <summary>The second person; null when none was needed.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was refused; for an enquiry what was answered: a word, and a fact behind a space.</summary>
    public string? Note { get; init; }
}

/// <summary>Why an order or a decision was not taken.</summary>
public enum RepairRefusal
{
    NoInstance,

    /// <summary>The instance has ended.</summary>
    Ended,

    /// <summary>There is no such run, timer, message or event, or it does not allow this.</summary>
    NoTarget,

    /// <summary>The run has no such outcome, the flowchart no such step, the definition no such variable.</summary>
    NoSuchChoice,

    /// <summary>There is no such repair, or it does not wait for a second person.</summary>
    NotAsked,

    /// <summary>Who asked may not also agree.</summary>
    SamePerson
}

/// <summary>What became of an order: the repair as it stands, or why there is none.</summary>
public sealed record RepairReceipt(RepairLine? Line, RepairRefusal? Refusal = null);
