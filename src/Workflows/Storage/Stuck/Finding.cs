namespace Relief.Flow.Workflows.Storage.Stuck;

/// <summary>Something that stands still: which way, what, where, since when.</summary>
public sealed record Finding
{
    /// <summary>K1 and on.</summary>
    public required string Code { get; init; }

    public required StuckSeverity Severity { get; init; }

    /// <summary>What is stuck: the id of an instance, a bookmark, a timer, a task, an outbox row or an event, by the code.</summary>
    public required string Ref { get; init; }

    /// <summary>What kind of matter it is, where that has words of its own: what stands before the colon in <see cref="Ref"/>.</summary>
    internal string? Kind => Ref.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? Ref[..colon] : null;

    /// <summary>The id to look at: the child for what stands still because of one, else what is stuck.</summary>
    internal string About => Code is "K10" or "K19" ? Detail ?? Ref : Ref;

    /// <summary>Null for what belongs to no instance, such as an event that nobody waits for.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>The step of its definition.</summary>
    public string? ActivityId { get; init; }

    /// <summary>Since when it is so (UTC, business time; the leases' clock for K3–K5); for K14 and K22 the deadline, which for K22 is to come.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Facts of the one case: an error, an event's name, a target. Never personal data.</summary>
    public string? Detail { get; init; }

    public string? DefinitionId { get; init; }

    public int? Version { get; init; }

    public string? BusinessKey { get; init; }

    /// <summary>The instance's name, in business words.</summary>
    public string? Name { get; init; }
}

/// <summary>Which findings a list shows. Whatever is null does not restrict.</summary>
public sealed record FindingFilter
{
    public string? Code { get; init; }

    public string? DefinitionId { get; init; }

    public string? ActivityId { get; init; }

    public Guid? InstanceId { get; init; }

    /// <summary>Only this error at this step: <see cref="FindingGroup.Signature"/>.</summary>
    public long? Signature { get; init; }

    /// <summary>Part of the business key or of the instance's name.</summary>
    public string? Text { get; init; }

    /// <summary>Stuck since before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>How many are stuck in one way.</summary>
/// <param name="Oldest">Since when the oldest of them is.</param>
public sealed record FindingCount(string Code, StuckSeverity Severity, int Count, DateTimeOffset Oldest);

/// <summary>The same error at the same step, in many instances.</summary>
/// <param name="Signature">The same for all of them.</param>
public sealed record FindingGroup(long Signature, string DefinitionId, string? ActivityId, string? Code, string? Message, int Count, DateTimeOffset Oldest, DateTimeOffset Newest);
