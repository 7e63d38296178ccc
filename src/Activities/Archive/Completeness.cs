namespace Relief.Flow.Activities.Archive;

/// <summary>How complete a file is.</summary>
/// <param name="Status">Complete, Exception when signed reasons stand for papers, else Open.</param>
/// <param name="Missing">The papers still missing, sorted.</param>
public sealed record Completeness(ArchiveStatus Status, IReadOnlyList<string> Missing);
