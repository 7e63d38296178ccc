using System.Text.Json;
using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows;

/// <summary>What an activity is told of where and when it runs.</summary>
public sealed record ActivityContext
{
    public required Guid InstanceId { get; init; }

    /// <summary>The activity's id in its definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Which run of which activity this is: unique within the instance, growing.</summary>
    public required long Ordinal { get; init; }

    /// <summary>Business time (UTC): by it deadlines are computed. It can stand still in tests (engine clock).</summary>
    public required DateTimeOffset Now { get; init; }

    public required string DefinitionId { get; init; }

    public int DefinitionVersion { get; init; }

    public string? CorrelationId { get; init; }

    public string? BusinessKey { get; init; }

    /// <summary>The person that the instance is about; an interrupt for that person stops it.</summary>
    public string? SubjectId { get; init; }

    /// <summary>What started the instance, for the activity that it fired at: it ends with it instead of waiting. Null for every other run.</summary>
    public TriggerFired? Trigger { get; init; }

    /// <summary>What this run noted when it last began to wait; null for nothing.</summary>
    public JsonElement? Memo { get; init; }

    /// <summary>How many further wake-ups it still waits for, or has not yet been told of, at this moment.</summary>
    public int StillWaits { get; init; }

    /// <summary>The outcomes that lead somewhere in the drawn diagram.</summary>
    public IReadOnlySet<string> Ports { get; init; } = new HashSet<string>();

    /// <summary>Its members in which an activity is drawn that may run inside it.</summary>
    public IReadOnlyCollection<string> Embedded { get; init; } = [];

    /// <summary>True when the drawn diagram goes on from this outcome.</summary>
    public bool HasPort(string outcome) => Ports.Contains(outcome);

    /// <summary>The same for every repeat of this run: the idempotency key of whatever the activity changes.</summary>
    public Guid Key => StableId.Of(InstanceId, Ordinal, "run");

    /// <summary>A further stable key of this run, for its <paramref name="purpose"/>.</summary>
    public Guid KeyFor(string purpose) => StableId.Of(InstanceId, Ordinal, purpose);

    /// <summary>The open transaction: of an activity marked with <see cref="ChangesRecordsAttribute"/> always, of one marked with <see cref="ReadsRecordsAttribute"/> when there is one.</summary>
    public UnitOfWork? Unit { get; init; }

    /// <summary>The open transaction of an activity that declared that it changes records.</summary>
    /// <exception cref="InvalidOperationException">The activity lacks <see cref="ChangesRecordsAttribute"/>.</exception>
    public UnitOfWork Records => Unit ?? throw new InvalidOperationException("Mark the activity with [ChangesRecords] to change records.");
}
