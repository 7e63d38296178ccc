using System.Text.Json;

namespace Relief.Flow.Workflows.Kernel;

/// <summary>A row to write with the instance.</summary>
public abstract record Effect;

/// <summary>The instance now waits here.</summary>
public sealed record SetBookmark(Guid Id, long Ordinal, string ActivityId, Bookmark Bookmark) : Effect;

/// <summary>It does not wait there any more.</summary>
public sealed record DropBookmark(Guid Id) : Effect;

/// <summary>Something leaves the house under a stable id.</summary>
/// <param name="ReplyTo">The bookmark that the answer consumes; null when nobody waits for it.</param>
public sealed record SendMessage(Guid Id, string ActivityId, Message Message, Guid? ReplyTo) : Effect;

/// <summary>The parent that waits gets to know how its child ended, or that it has an incident.</summary>
public sealed record TellParent(Guid Id, ParentLink Parent, ChildEnded Ended) : Effect;

/// <summary>A child that was waited for is cancelled with its parent.</summary>
public sealed record CancelChild(Guid Id, Guid Child, string? Reason) : Effect;

/// <summary>A line of the journal.</summary>
/// <param name="Event"><c>Started</c>, <c>Completed</c>, <c>Suspended</c>, <c>Resumed</c>, <c>Faulted</c>, <c>Canceled</c>, <c>Retried</c>.</param>
/// <param name="Ordinal">The run; 0 for the instance itself.</param>
/// <param name="Data">Outcome, outputs, message: no personal data in clear.</param>
public sealed record Note(string Event, long Ordinal, string? ActivityId, DateTimeOffset At, JsonElement Data) : Effect;
