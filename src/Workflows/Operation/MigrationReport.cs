using Relief.Flow.Workflows.Kernel;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Which instances are to go over to which version, and where those go on whose step is not there.</summary>
public sealed record MigrationWish
{
    public required string DefinitionId { get; init; }

    /// <summary>Only instances of this version; null for those of every other version.</summary>
    public int? FromVersion { get; init; }

    /// <summary>The version to go over to; null for the published one.</summary>
    public int? ToVersion { get; init; }

    /// <summary>Only instances that this batch took over: how a migration is taken back. Null for all.</summary>
    public Guid? OfBatch { get; init; }

    /// <summary>Where runs go on: the step where they are, and one of the same flowchart in the new version.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a migration would do, counted instance by instance before anything is done.</summary>
public sealed record MigrationReport
{
    public required int ToVersion { get; init; }

    /// <summary>The versions on which the instances run now, the oldest first.</summary>
    public required IReadOnlyList<int> FromVersions { get; init; }

    /// <summary>How many open instances were looked at.</summary>
    public required int Total { get; init; }

    /// <summary>Nothing of them changes but the version that they run on.</summary>
    public required int AsTheyAre { get; init; }

    /// <summary>A step of them begins again, or they go on at a chosen one.</summary>
    public required int Changed { get; init; }

    /// <summary>They stand where the new version has no step: left where they are unless a place is chosen.</summary>
    public required int Stranded { get; init; }

    /// <summary>What becomes of the steps where instances stand, the stranded first.</summary>
    public required IReadOnlyList<MigrationStep> Steps { get; init; }

    /// <summary>Variables that hold a value and are of another type there; the value is kept as it is.</summary>
    public required IReadOnlyList<MigrationCount> OtherTypes { get; init; }

    /// <summary>Joins where a branch waits that would wait for new lines as well.</summary>
    public required IReadOnlyList<MigrationCount> MoreAwaited { get; init; }
}

/// <param name="Choices">For a stranded step: where it may go on.</param>
public sealed record MigrationStep(string ActivityId, string Name, Fate Fate, string? To, int Count, IReadOnlyList<RepairChoice> Choices);

/// <param name="Id">The id of the variable, or of the step.</param>
/// <param name="Count">How many instances.</param>
public sealed record MigrationCount(string Id, string Name, int Count);

/// <summary>Why there is no report, or no batch.</summary>
public enum MigrationRefusal
{
    /// <summary>There is no such definition, or it has no such version, or none is published.</summary>
    NoVersion,

    /// <summary>A chosen place is no step of the version to go over to.</summary>
    NoPlace,

    /// <summary>No instance can go over.</summary>
    Nothing,

    /// <summary>More than a batch may have: narrow it by version.</summary>
    TooMany
}
