using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>What became of a definition from one version to another: by id, whatever the order in the files.</summary>
/// <param name="Activities">Activities that are new, gone, changed or only moved, in the order of their paths.</param>
/// <param name="Lines">Lines that are new or gone.</param>
/// <param name="Members">Changes of the definition itself: <c>name</c>, <c>variables.total</c>, <c>inputs.caseId</c>, <c>options.incidentStrategyType</c> ….</param>
public sealed record DefinitionDiff(ImmutableArray<ActivityChange> Activities, ImmutableArray<LineChange> Lines, ImmutableArray<MemberChange> Members)
{
    public bool IsEmpty => Activities.IsEmpty && Lines.IsEmpty && Members.IsEmpty;
}

public enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>Only its place in the drawing changed.</summary>
    Moved
}

/// <param name="ActivityId">The activity's id, the same in both versions.</param>
/// <param name="Name">What the designer shows, of the newer version that has it.</param>
/// <param name="Parent">The activity that contains it; null for the root.</param>
/// <param name="Members">What changed in it: <c>inputs.text</c>, <c>outputs.result</c>, <c>displayText</c>, <c>type</c>, <c>order</c> ….</param>
public sealed record ActivityChange(string ActivityId, string Name, string Type, string? Parent, ChangeKind Change, ImmutableArray<MemberChange> Members);

/// <param name="Container">The flowchart that holds the line.</param>
public sealed record LineChange(string Container, string Source, string Port, string Target, ChangeKind Change);

/// <param name="From">The value before; undefined when it is new.</param>
/// <param name="To">The value after; undefined when it is gone.</param>
public sealed record MemberChange(string Member, JsonElement From, JsonElement To);
