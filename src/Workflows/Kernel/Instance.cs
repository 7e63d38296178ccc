using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Where an instance stands. Values below 8 are open; the numbers are stored.</summary>
public enum InstanceStatus
{
    /// <summary>It has work to do now.</summary>
    Running = 1,

    /// <summary>Every branch waits.</summary>
    Waiting = 2,

    /// <summary>An incident stopped it; it goes on when an operator retries or cancels. It keeps its bookmarks and its mail.</summary>
    Faulted = 3,

    /// <summary>An operator stopped it for a while.</summary>
    Suspended = 4,

    Finished = 8,
    Cancelled = 9
}

/// <summary>The whole state of one running pathway: explicit, immutable, stored as one blob between bursts.</summary>
public sealed record Instance
{
    public required Guid Id { get; init; }

    public InstanceStatus Status { get; init; } = InstanceStatus.Running;

    public string? Name { get; init; }

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    /// <summary>Who waits for the end; null for nobody.</summary>
    public ParentLink? Parent { get; init; }

    public ImmutableDictionary<string, JsonElement> Input { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    public ImmutableDictionary<string, JsonElement> Output { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>By what the whole instance ended (<c>Elsa.Complete</c>); empty for <c>Done</c>.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>Values by variable id; a variable that was never set has its initial value.</summary>
    public ImmutableDictionary<string, JsonElement> Variables { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>The last outputs of each activity, by <c>activity id + '.' + output name</c>.</summary>
    public ImmutableDictionary<string, JsonElement> Results { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>The runs of activities that have not ended, oldest first.</summary>
    public ImmutableArray<Frame> Frames { get; init; } = [];

    /// <summary>Incidents that are not resolved yet.</summary>
    public ImmutableArray<Incident> Incidents { get; init; } = [];

    /// <summary>What started it, until its activity has ended with it.</summary>
    public TriggerFired? Trigger { get; init; }

    /// <summary>The request that came last and is answered next.</summary>
    public Guid? Request { get; init; }

    /// <summary>The latest answers to requests, oldest first: whoever waits for one finds it here.</summary>
    public ImmutableArray<HttpAnswer> Answers { get; init; } = [];

    /// <summary>How many runs have begun: the next run's ordinal less one.</summary>
    public long LastOrdinal { get; init; }

    /// <summary>How many bursts in a row ended because they were too long (rule 6).</summary>
    public int Yields { get; init; }

    public bool IsOpen => Status < InstanceStatus.Finished;

    public Frame? Find(long ordinal)
    {
        foreach (var frame in Frames)
        {
            if (frame.Ordinal == ordinal)
            {
                return frame;
            }
        }

        return null;
    }

    /// <summary>The oldest run that can go on now; null when every branch waits, or the instance stands still.</summary>
    public Frame? NextReady()
    {
        if (Status != InstanceStatus.Running)
        {
            return null;
        }

        foreach (var frame in Frames)
        {
            if (frame.State == FrameState.Ready)
            {
                return frame;
            }
        }

        return null;
    }

    public Instance With(Frame changed)
    {
        for (var i = 0; i < Frames.Length; i++)
        {
            if (Frames[i].Ordinal == changed.Ordinal)
            {
                return this with { Frames = Frames.SetItem(i, changed) };
            }
        }

        return this with { Frames = Frames.Add(changed) };
    }

    public Instance Without(long ordinal) => this with { Frames = Frames.RemoveAll(frame => frame.Ordinal == ordinal) };
}

/// <summary>The parent that waits for a child's end, and the bookmark at which it waits.</summary>
public sealed record ParentLink(Guid InstanceId, Guid BookmarkId);

/// <summary>What a run of an activity does at the moment; the numbers are stored.</summary>
public enum FrameState
{
    /// <summary>It goes on in the next burst: the to-do list, so a crash needs no repair.</summary>
    Ready = 1,

    /// <summary>It waits at its bookmarks.</summary>
    Waiting = 2,

    /// <summary>A container whose children are at work.</summary>
    Open = 3,

    /// <summary>It has an incident.</summary>
    Faulted = 4
}

/// <summary>One run of one activity that has not ended.</summary>
public sealed record Frame
{
    public required long Ordinal { get; init; }

    /// <summary>The run of the container; null for the root.</summary>
    public long? Parent { get; init; }

    /// <summary>The activity's id.</summary>
    public required string ActivityId { get; init; }

    public FrameState State { get; init; } = FrameState.Ready;

    /// <summary>What woke it, when it was waiting; null when it starts.</summary>
    public Wakeup? Wakeup { get; init; }

    /// <summary>Wake-ups that arrived while another was not yet dealt with, oldest first.</summary>
    public ImmutableArray<Wakeup> Pending { get; init; } = [];

    /// <summary>The bookmarks at which it waits.</summary>
    public ImmutableArray<Standing> Bookmarks { get; init; } = [];

    /// <summary>When it first waited; null for a run that has not waited. What it took is journaled with its end.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often it was tried since it last made progress.</summary>
    public int Attempts { get; init; }

    /// <summary>How many bookmarks and messages this run has made: makes their ids.</summary>
    public int Made { get; init; }

    /// <summary>What only this run and those inside it see, by variable id, name, or <c>activity id + '.' + output name</c>: a loop's item, a branch's own values. Null for nothing.</summary>
    public ImmutableDictionary<string, JsonElement>? Scope { get; init; }

    /// <summary>True for one of many runs of one activity at the same time: outputs of the activities inside it are its own.</summary>
    public bool IsBranch { get; init; }

    /// <summary>What the activity noted for its next wake-up; null for nothing.</summary>
    public JsonElement? Memo { get; init; }

    /// <summary>What a container remembers: tokens of a flowchart, the position in a sequence or a loop.</summary>
    public Progress? Progress { get; init; }
}

/// <summary>A bookmark that stands: its id in the store and its name in the activity.</summary>
/// <param name="Child">The instance whose end is waited for; null for other kinds.</param>
public sealed record Standing(Guid Id, string Name, BookmarkKind Kind, DateTimeOffset Since, DateTimeOffset? Due = null, Guid? Child = null);

/// <summary>What a container remembers between its children.</summary>
public sealed record Progress
{
    /// <summary>Tokens on the lines of a flowchart.</summary>
    public ImmutableArray<Token> Tokens { get; init; } = [];

    /// <summary>How many children of a sequence or rounds of a loop have begun.</summary>
    public int Index { get; init; }

    /// <summary>What a loop goes through.</summary>
    public ImmutableArray<JsonElement> Items { get; init; } = [];

    /// <summary>The numbers that a loop goes through; null for a loop of another kind.</summary>
    public Steps? Steps { get; init; }

    /// <summary>By what a run will leave as soon as what runs inside it has ended.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];
}

/// <summary>The numbers <paramref name="First"/>, <paramref name="First"/> + <paramref name="By"/> … , <paramref name="Count"/> of them.</summary>
public sealed record Steps(long First, long By, long Count);

/// <summary>A token on a line: the source has ended by the port, the target has not yet been served.</summary>
/// <param name="Blocked">True for a line that a race has closed: what arrives there is swallowed once.</param>
public sealed record Token(string From, string Port, string To, bool Blocked = false);

/// <summary>Something that stopped a run, kept until it is resolved.</summary>
/// <param name="Code">Stable, such as <c>activity.exception</c>, <c>expression.timeout</c>, <c>request.failed</c>.</param>
/// <param name="RetryAt">When the engine tries again by itself; null when an operator must.</param>
public sealed record Incident(
    long Ordinal, string ActivityId, string ActivityType, string Code, string Message, string? Detail, DateTimeOffset At, int Attempts, DateTimeOffset? RetryAt)
{
    /// <summary>The same for the same error at the same step, whatever instance it hit.</summary>
    public long Signature(Definition definition) =>
        BitConverter.ToInt64(StableId.Of($"{definition.Id}|{ActivityId}|{Code}|{Message}").ToByteArray(), 0);
}
