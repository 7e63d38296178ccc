using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relief.Flow.Workflows.Operation;

/// <summary>How far a batch has come; the numbers are stored.</summary>
public enum BatchState
{
    /// <summary>Waits for a second person.</summary>
    Asked = 1,

    Running = 2,

    /// <summary>Stopped for a while; what is done stays done.</summary>
    Paused = 3,

    /// <summary>Stopped for good; what was not done stays undone.</summary>
    Cancelled = 4,

    Finished = 5
}

/// <summary>One deed on many instances, with its progress.</summary>
public sealed record RepairBatch
{
    public required Guid Id { get; init; }

    public required RepairAction Action { get; init; }

    /// <summary>What it was asked for, as JSON.</summary>
    public required string Filter { get; init; }

    public required string Reason { get; init; }

    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How many items the filter found when it was asked.</summary>
    public required int Total { get; init; }

    public required BatchState State { get; init; }

    /// <summary>The second person; null when none was needed.</summary>
    public string? DecidedBy { get; init; }

    public int Done { get; init; }

    /// <summary>Items to which there was nothing to do any more.</summary>
    public int Missed { get; init; }

    public int Waiting { get; init; }

    /// <summary>What a batch that takes instances over to another version was asked for; null for other deeds.</summary>
    [JsonIgnore]
    public MigrationWish? Migration => Action == RepairAction.Migrate ? JsonSerializer.Deserialize<MigrationWish>(Filter, FlowJson.Options) : null;
}
