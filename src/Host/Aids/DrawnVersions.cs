using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Aids;

/// <summary>Finds the version of a definition that an aid is about.</summary>
internal static class DrawnVersions
{
    /// <summary>What the caller wrote: a number, <c>published</c>, <c>latest</c> or <c>draft</c>; <paramref name="absent"/> when nothing; null when it means none of these.</summary>
    public static VersionChoice? Choice(string? version, VersionChoice absent) => version?.ToUpperInvariant() switch
    {
        null or "" => absent,
        "PUBLISHED" => VersionChoice.Published,
        "LATEST" or "DRAFT" => VersionChoice.Latest,
        { } text => int.TryParse(text, out var number) ? VersionChoice.Exactly(number) : null
    };

    /// <summary>The version, the latest when none is named; null when there is none.</summary>
    public static async Task<Definition?> Drawn(this DefinitionLibrary library, string definitionId, string? version, CancellationToken cancellationToken) =>
        Choice(version, VersionChoice.Latest) is { } choice ? (await library.Find(definitionId, choice, cancellationToken))?.Definition : null;

    /// <summary>The version before this one; null when it is the first.</summary>
    public static async Task<Definition?> Before(this DefinitionLibrary library, Definition definition, CancellationToken cancellationToken) =>
        definition.Version > 1 ? (await library.Find(definition.Id, VersionChoice.Exactly(definition.Version - 1), cancellationToken))?.Definition : null;
}
