using System.Collections.Immutable;
using Relief.Flow.Workflows.Definitions;

namespace Relief.Flow.Workflows.Storage;

/// <summary>One stored version of a definition. Published versions never change; a draft is replaced by the next save.</summary>
public sealed record StoredDefinition
{
    public required string VersionId { get; init; }

    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public bool IsPublished { get; init; }

    public bool IsLatest { get; init; } = true;

    /// <summary>The imported bytes, never rewritten.</summary>
    public required byte[] Body { get; init; }

    /// <summary>SHA-256 over <see cref="Body"/>.</summary>
    public required byte[] Hash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? PublishedBy { get; init; }

    /// <summary>True once it was published or run: its bytes never change again, so what runs on it keeps it (I9).</summary>
    public bool IsFixed { get; init; }

    /// <summary>The hash of the latest version over which this one was drawn; a save over another one is refused. Null to save whatever is there.</summary>
    public byte[]? Over { get; init; }

    /// <summary>Whether a start is allowed beside what already runs.</summary>
    public Activation Activation { get; init; }

    /// <summary>How it starts by itself once it is published; they take the place of the former version's.</summary>
    public ImmutableArray<NewTrigger> Triggers { get; init; } = [];
}

/// <summary>Which version is asked for.</summary>
public sealed record VersionChoice(VersionKind Kind, int Number = 0)
{
    public static readonly VersionChoice Published = new(VersionKind.Published);
    public static readonly VersionChoice Latest = new(VersionKind.Latest);

    /// <summary>The highest number that was ever given, listed or not.</summary>
    public static readonly VersionChoice Newest = new(VersionKind.Newest);

    public static VersionChoice Exactly(int version) => new(VersionKind.Exactly, version);
}

public enum VersionKind
{
    Published,
    Latest,
    LatestOrPublished,
    Newest,
    Exactly
}

/// <summary>A version whose bytes never change again: it was published or run.</summary>
/// <param name="IsPublished">True for the one that new instances start with.</param>
public sealed record FixedVersion(string VersionId, string DefinitionId, int Version, bool IsPublished);
