using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>Whatever may move an instance. Time is inside: the interpreter has no clock.</summary>
public abstract record Stimulus(DateTimeOffset At);

/// <summary>The instance begins at its root.</summary>
/// <param name="Trigger">What started it, when an event, a request or a schedule did: it begins at that activity.</param>
public sealed record Begin(DateTimeOffset At, TriggerFired? Trigger = null) : Stimulus(At);

/// <summary>A bookmark was consumed; late and unknown ones change nothing (I5).</summary>
public sealed record Wake(Guid BookmarkId, BookmarkKind Kind, JsonElement Payload, TimeSpan Lateness, DateTimeOffset At) : Stimulus(At);

/// <summary>A control-flow activity is entered, with its inputs evaluated.</summary>
public sealed record Entered(long Ordinal, FrozenDictionary<string, JsonElement> Inputs, DateTimeOffset At) : Stimulus(At);

/// <summary>An activity has answered.</summary>
public sealed record Returned(long Ordinal, ActivityResult Result, ImmutableArray<KeyValuePair<string, JsonElement>> Outputs, DateTimeOffset At) : Stimulus(At);

/// <summary>End the instance and everything in it.</summary>
public sealed record Cancel(string? Reason, string? By, DateTimeOffset At) : Stimulus(At);

/// <summary>Try again what has an incident: one run, or all.</summary>
public sealed record Retry(long? Ordinal, string? By, DateTimeOffset At) : Stimulus(At);

/// <summary>What an operator does by hand; a run that has ended meanwhile changes nothing but the journal.</summary>
public abstract record Mend(string? Reason, string? By, DateTimeOffset At) : Stimulus(At);

/// <summary>Begin a run again: what it waits for and what runs inside it is dropped.</summary>
public sealed record Redo(long Ordinal, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>End a run by an outcome as if it had done its work.</summary>
public sealed record Skip(long Ordinal, string Outcome, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>Take a run's token to another step of the same flowchart.</summary>
public sealed record Move(long Ordinal, string To, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>Whoever holds a task sends the work back to a step that was done; its bookmark is consumed, so the run begins again when there is no such step.</summary>
public sealed record SendBack(long Ordinal, string To, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>Give variables other values.</summary>
public sealed record Edit(ImmutableDictionary<string, JsonElement> Values, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>Go on by another version of the definition; nothing changes when a run has no place there (<see cref="Crossing"/>).</summary>
/// <param name="To">Null when it is not stored any more.</param>
/// <param name="Places">Where runs at a step go on: the step, and one of the same flowchart in the other version.</param>
public sealed record GoOver(Definition? To, ImmutableDictionary<string, string> Places, string? Reason, string? By, DateTimeOffset At) : Mend(Reason, By, At);

/// <summary>Stand still until resumed; mail is kept.</summary>
public sealed record Suspend(string? Reason, string? By, DateTimeOffset At) : Stimulus(At);

public sealed record Resume(string? By, DateTimeOffset At) : Stimulus(At);

/// <summary>The child at a bookmark has an incident; its parent goes on waiting and shows it.</summary>
public sealed record ChildStopped(Guid Child, string Message, DateTimeOffset At) : Stimulus(At);

/// <summary>An interrupt of the person that the instance is about (3.3): ends everything, unless the root says that it goes on.</summary>
/// <param name="Kind"><c>PersonDied</c>, <c>PersonMoved</c>, <c>CaseFrozen</c>, <c>CaseMerged</c>, <c>EligibilityLost</c>, <c>ConsentWithdrawn</c> ….</param>
public sealed record Interrupted(string Kind, JsonElement Payload, DateTimeOffset At) : Stimulus(At);
