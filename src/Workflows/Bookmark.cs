using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>What may consume a bookmark.</summary>
public enum BookmarkKind
{
    /// <summary>A published event whose name is the bookmark's key.</summary>
    Event = 1,

    /// <summary>The moment <see cref="Bookmark.Due"/>.</summary>
    Timer = 2,

    /// <summary>A person's decision on a task.</summary>
    Task = 3,

    /// <summary>The end of a child instance.</summary>
    Child = 4,

    /// <summary>The answer to a request that was sent.</summary>
    Reply = 5
}

/// <summary>A place where an instance waits, and what may wake it. Consumed at most once (I5).</summary>
public sealed record Bookmark
{
    /// <summary>Tells the activity which of its bookmarks was consumed; unique among those that stand.</summary>
    public required string Name { get; init; }

    public required BookmarkKind Kind { get; init; }

    /// <summary>The name of the event that is waited for (<see cref="BookmarkKind.Event"/>), such as <c>referral:7f…</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Only an event published with this correlation, or with none, matches; null accepts any.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>When the timer fires (UTC).</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>How <see cref="Due"/> was computed, so that it can be computed again when the calendar changes; null for a fixed instant.</summary>
    public DueRule? Rule { get; init; }

    public HumanTask? Task { get; init; }

    /// <summary>The request whose answer is waited for, or the child to start.</summary>
    public Message? Request { get; init; }

    public static Bookmark Event(string name, string key, string? correlationId = null) =>
        new() { Name = name, Kind = BookmarkKind.Event, Key = key, CorrelationId = correlationId };

    public static Bookmark Timer(string name, DateTimeOffset due, DueRule? rule = null) =>
        new() { Name = name, Kind = BookmarkKind.Timer, Due = due, Rule = rule };

    public static Bookmark For(string name, HumanTask task) => new() { Name = name, Kind = BookmarkKind.Task, Task = task };

    public static Bookmark Reply(string name, Message request) => new() { Name = name, Kind = BookmarkKind.Reply, Request = request };

    public static Bookmark Child(string name, Message start) => new() { Name = name, Kind = BookmarkKind.Child, Request = start };
}

/// <summary>A deadline in working days: <paramref name="WorkingDays"/> after <paramref name="From"/>, 23:59:59 local, by the calendar of an area.</summary>
public sealed record DueRule(DateTimeOffset From, int WorkingDays, string? Area);

/// <summary>Work for a person: shown in a task list, claimed, and completed with an outcome and a form.</summary>
public sealed record HumanTask
{
    /// <summary>What is to be done, in Chinese, without personal data beyond a case or order number.</summary>
    public required string Title { get; init; }

    /// <summary>What sort of task it is, such as <c>survey</c> or <c>approval</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The role that may claim it (requirements 1.6); null for anyone of the unit.</summary>
    public string? Role { get; init; }

    /// <summary>Code of the area or organisation whose people may claim it.</summary>
    public string? Unit { get; init; }

    /// <summary>The person it is given to at once; null when it is to be claimed.</summary>
    public string? Assignee { get; init; }

    /// <summary>People who may not claim or complete it (INV-09, conflicts of interest).</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>The business object it concerns, such as <c>case:…</c> or <c>order:…</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>The outcomes that may be chosen.</summary>
    public required ImmutableArray<string> Outcomes { get; init; }

    /// <summary>The fields of the form: an array of <see cref="FormField"/>.</summary>
    public ImmutableArray<FormField> Form { get; init; } = [];

    /// <summary>What the person needs to see, as a JSON object.</summary>
    public JsonElement Data { get; init; }

    /// <summary>When it should be done (UTC); the reminder and the time-out are timers of the activity.</summary>
    public DateTimeOffset? Due { get; init; }

    public int Priority { get; init; } = 50;
}

/// <summary>Who decided what on a task.</summary>
public sealed record TaskDecision(string Outcome, JsonElement Data, string By, DateTimeOffset At);
