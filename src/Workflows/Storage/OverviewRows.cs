namespace Relief.Flow.Workflows.Storage;

/// <param name="Status">Running, Waiting, Faulted, Suspended, Finished or Cancelled.</param>
public sealed record StatusCount(string Status, int Count);

/// <summary>What is open of one definition, over all its versions.</summary>
/// <param name="Faulted">Those with an incident, whether they stand still or go on beside it.</param>
public sealed record DefinitionLoad(string DefinitionId, int Open, int Waiting, int Faulted, int Suspended);

/// <summary>What is open at one step of a definition. An instance that waits at several steps counts at the one that the lists name.</summary>
/// <param name="Since">Since when the oldest of those that wait does.</param>
public sealed record StepLoad(string ActivityId, int Waiting, int Faulted, DateTimeOffset? Since);

/// <summary>Instances that the same error stopped at the same step.</summary>
public sealed record FaultGroup(long Signature, string DefinitionId, string? ActivityId, string? Code)
{
    /// <summary>The message of one of them.</summary>
    public string? Message { get; init; }

    public required int Count { get; init; }

    /// <summary>When the first of them moved last.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the latest of them stopped.</summary>
    public required DateTimeOffset Latest { get; init; }
}

public sealed record LateTasks(string? Role, int Count, DateTimeOffset Oldest);

/// <summary>How many instances began and ended.</summary>
public sealed record DayLoad(int Started, int Ended);

/// <summary>The rows of the outbox that are in one state for one target.</summary>
public sealed record TargetLoad(string Target, OutboxState State, int Count)
{
    /// <summary>Pending rows that were tried five times, or are older than asked.</summary>
    public int Slow { get; init; }

    public required DateTimeOffset Oldest { get; init; }

    /// <summary>The most that one of them was tried.</summary>
    public int Attempts { get; init; }

    public string? LastError { get; init; }
}

/// <param name="BeatAt">When it was heard last.</param>
public sealed record NodeLine(int NodeId, DateTimeOffset StartedAt, DateTimeOffset BeatAt, string? Version)
{
    /// <summary>Who is not heard for so long is away, and others take over its work.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public bool IsAlive(DateTimeOffset wallClock) => wallClock - BeatAt < Silence;
}
