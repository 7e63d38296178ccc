namespace Relief.Flow.Workflows.Storage;

/// <summary>One version of a definition: its id, and its number.</summary>
public sealed record VersionMark(string Id, int Number);
