using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Storage;

/// <summary>Which instances a list shows. Whatever is null does not restrict.</summary>
public sealed record InstanceFilter
{
    public string? DefinitionId { get; init; }

    /// <summary>Only instances that run on this version.</summary>
    public string? VersionId { get; init; }

    /// <summary>Names of states, such as <c>Waiting</c>; unknown names match nothing.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>Only instances begun at or after this instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only instances begun before this instant: the old ones.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool? HasIncidents { get; init; }
}

/// <summary>One line of the list of instances.</summary>
public sealed record InstanceSummary
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public required string VersionId { get; init; }

    /// <summary>Running, Waiting, Faulted, Suspended, Finished or Cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>How many bursts are committed.</summary>
    public required long Seq { get; init; }

    public string? Name { get; init; }

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public string? SubjectId { get; init; }

    public Guid? ParentId { get; init; }

    public string? StartedBy { get; init; }

    /// <summary>How many incidents are open.</summary>
    public required int Incidents { get; init; }

    /// <summary>The first open incident.</summary>
    public InstanceFault? Fault { get; init; }

    /// <summary>What it waits for first.</summary>
    public InstanceWait? Waits { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

public sealed record InstanceFault(string? Code, string? Message, string? ActivityId);

/// <param name="Kind">Event, Timer, Task, Child or Reply.</param>
public sealed record InstanceWait(string Kind, string? ActivityId, DateTimeOffset? Since, DateTimeOffset? Due);

/// <summary>An instance as somebody sees it who waits for its answer.</summary>
/// <param name="IsBusy">It will go on by itself at once.</param>
public sealed record LookedAt(InstanceStatus Status, BookmarkKind? Waits, bool IsBusy, HttpAnswer? Answer);

/// <summary>Everything that is known of one instance at its last commit.</summary>
public sealed record InstanceDetail
{
    public required InstanceSummary Summary { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Input { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, JsonElement> Output { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Values by variable id; a variable that was never set is not there.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The last outputs of each activity, by <c>activity id + '.' + output name</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Results { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Where it waits, oldest first.</summary>
    public IReadOnlyList<BookmarkLine> Bookmarks { get; init; } = [];

    /// <summary>Incidents that are not resolved.</summary>
    public IReadOnlyList<IncidentLine> Incidents { get; init; } = [];

    /// <summary>Runs of activities that have not ended.</summary>
    public IReadOnlyList<OpenRun> Open { get; init; } = [];

    /// <summary>Set when the engine gave up on its bursts: a poison instance with the last error.</summary>
    public string? Parked { get; init; }
}

/// <summary>A place where an instance waits.</summary>
/// <param name="Key">The name of the event; null for other kinds.</param>
public sealed record BookmarkLine(
    Guid Id, string ActivityId, string Name, string Kind, string? Key, string? CorrelationId, DateTimeOffset CreatedAt, DateTimeOffset? Due);

/// <param name="Ordinal">The run that stopped: retry names it.</param>
/// <param name="RetryAt">When the engine tries again by itself; null when an operator must.</param>
public sealed record IncidentLine(
    long Ordinal, string ActivityId, string ActivityType, string Code, string Message, string? Detail, DateTimeOffset At, int Attempts, DateTimeOffset? RetryAt);

/// <param name="State">Ready, Waiting, Open or Faulted.</param>
public sealed record OpenRun(long Ordinal, string ActivityId, string State);

/// <summary>A search by page number, as the designer asks; totals are counted up to <see cref="Cap"/>.</summary>
public sealed record InstanceSearch
{
    public const int Cap = 10_000;

    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    public IReadOnlyList<string> Statuses { get; init; } = [];

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    public int? Version { get; init; }

    public bool? HasIncidents { get; init; }

    /// <summary>Those that one error stopped at one step.</summary>
    public long? Signature { get; init; }

    /// <summary>The activity where it waits first, or that stopped.</summary>
    public string? Step { get; init; }

    /// <summary>Part of the name, business key, correlation or the whole id.</summary>
    public string? Text { get; init; }

    /// <summary>When it began, last moved or ended; all of them must hold.</summary>
    public IReadOnlyList<MomentFilter> Moments { get; init; } = [];

    public InstanceOrder OrderBy { get; init; } = InstanceOrder.Created;

    public bool Ascending { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; } = 50;
}

public enum InstanceOrder
{
    Created,
    LastExecuted,
    Finished,
    Name
}

/// <summary>One condition on a moment of an instance.</summary>
public sealed record MomentFilter(InstanceMoment Moment, MomentComparison Comparison, DateTimeOffset At);

public enum InstanceMoment
{
    CreatedAt,
    UpdatedAt,
    FinishedAt
}

public enum MomentComparison
{
    Is,
    IsNot,
    LessThan,
    GreaterThan,
    LessThanOrEqual,
    GreaterThanOrEqual
}

/// <param name="Total">How many there are, at most <see cref="InstanceSearch.Cap"/>.</param>
public sealed record FoundInstances(IReadOnlyList<InstanceSummary> Items, int Total);
