using System.Text.Json;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Which tasks a list shows. Whatever is null does not restrict.</summary>
public sealed record TaskFilter
{
    public string? Role { get; init; }

    public string? Unit { get; init; }

    public string? Assignee { get; init; }

    /// <summary>The business object, such as <c>case:…</c>.</summary>
    public string? Subject { get; init; }

    public string? Kind { get; init; }

    public string? BusinessKey { get; init; }

    public Guid? InstanceId { get; init; }

    /// <summary>Names of states: Open, Claimed, Completed, Cancelled. Empty for those that can be worked on.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
}

/// <summary>Which tasks lie on somebody's desk.</summary>
public sealed record TaskDeskFilter
{
    /// <summary>Those that somebody has taken; else those that nobody has.</summary>
    public bool Claimed { get; init; }

    /// <summary>By whom they are taken.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only what one of these posts may take; null for everything.</summary>
    public IReadOnlyList<TaskPost>? Posts { get; init; }

    public string? Role { get; init; }

    public string? Unit { get; init; }
}

/// <summary>A role with the units for which it is held; null for all units.</summary>
public sealed record TaskPost(string Role, IReadOnlyList<string>? Units);

/// <summary>What a task's state column says; the numbers are stored.</summary>
public enum TaskState
{
    Open = 1,
    Claimed = 2,
    Completed = 5,
    Cancelled = 6
}

/// <summary>One line of a task list.</summary>
public sealed record TaskSummary
{
    public required Guid Id { get; init; }

    public required Guid InstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public string? Role { get; init; }

    public string? Unit { get; init; }

    public string? Assignee { get; init; }

    public string? Subject { get; init; }

    public string? BusinessKey { get; init; }

    public DateTimeOffset? Due { get; init; }

    public int Priority { get; init; }

    public required TaskState State { get; init; }

    public string? Outcome { get; init; }

    public string? CompletedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>A task with all that the person needs to do it.</summary>
public sealed record TaskDetail
{
    public required TaskSummary Summary { get; init; }

    /// <summary>The outcomes that may be chosen.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    public required IReadOnlyList<FormField> Form { get; init; }

    public JsonElement Data { get; init; }

    /// <summary>The form's data of its completion; undefined before.</summary>
    public JsonElement Result { get; init; }

    /// <summary>People who may not do it.</summary>
    public required IReadOnlyList<string> Excluded { get; init; }

    /// <summary>Who did what with it, oldest first.</summary>
    public required IReadOnlyList<TaskEventLine> Events { get; init; }

    /// <summary>委派: who entrusted it to whom, until it is handed back; null when nobody did.</summary>
    public TaskEventLine? Entrusted =>
        Events.LastOrDefault(line => line.Verb is "Entrust" or "HandBack") is { Verb: "Entrust" } line && Summary.State == TaskState.Claimed && line.To == Summary.Assignee ? line : null;

    /// <summary>Who is asked to sign before it is decided, in their order.</summary>
    public IReadOnlyList<TaskSigner> Signers { get; init; } = [];
}

/// <summary>How a unit keeps its deadlines.</summary>
/// <param name="Unit">The area or organisation.</param>
/// <param name="Due">Tasks that were due, but for those that fell away.</param>
/// <param name="DoneLate">Done after they were due.</param>
/// <param name="OpenLate">Due and not done.</param>
public sealed record UnitLateness(string Unit, int Due, int DoneLate, int OpenLate);

public sealed record TaskEventLine(string Verb, string By, string? To, DateTimeOffset At, string? Note);
