using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Kernel;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Steps;
using Relief.Flow.Workflows.Storage.Stuck;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Everything that an explanation is made of, as it stood at one moment.</summary>
internal sealed record WhyFacts
{
    public required InstanceSummary Summary { get; init; }

    /// <summary>Null before the first burst.</summary>
    public Instance? Instance { get; init; }

    /// <summary>Null when it is not stored (K11).</summary>
    public Definition? Definition { get; init; }

    public required IReadOnlyList<BookmarkLine> Bookmarks { get; init; }

    public required IReadOnlyDictionary<Guid, TaskSummary> Tasks { get; init; }

    public required IReadOnlyDictionary<Guid, InstanceSummary> Children { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the deadlines that will be missed are reckoned from.</summary>
    public required IReadOnlyList<DeadlineRisk> Risks { get; init; }

    /// <summary>How past runs of its definition's steps went, by step.</summary>
    public required IReadOnlyDictionary<string, StepTime> Times { get; init; }

    public required IReadOnlyList<HaltLine> Halts { get; init; }

    public required IReadOnlyList<RepairLine> Repairs { get; init; }

    /// <summary>The steps that move money, and what holds them.</summary>
    public required ImmutableHashSet<string> Money { get; init; }

    /// <summary>The findings that somebody outside can be asked about.</summary>
    public required IReadOnlyList<Finding> Askable { get; init; }

    /// <summary>What it sent, the latest first, where a message is what it stands still at; else empty.</summary>
    public required IReadOnlyList<OutboxLine> Sent { get; init; }

    public StoredDefinition? Published { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What the designer calls a step.</summary>
    public string StepOf(string? activityId) =>
        activityId is null ? "?" : Definition?.Nodes.GetValueOrDefault(activityId)?.DisplayText ?? activityId;

    /// <summary>The runs that wait or stand, not the containers around them.</summary>
    public IEnumerable<Frame> Runs => Instance is { IsOpen: true } open ? open.Frames.Where(frame => frame.State != FrameState.Open) : [];
}
