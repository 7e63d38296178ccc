namespace Relief.Flow.Workflows.Definitions;

/// <summary>The members of a definition's file that saving and publishing decide; null leaves a member as it is.</summary>
public sealed record DefinitionEnvelope
{
    public string? DefinitionId { get; init; }

    /// <summary>The id of this version, the member <c>id</c>.</summary>
    public string? VersionId { get; init; }

    public string? Name { get; init; }

    public int? Version { get; init; }

    public bool? IsLatest { get; init; }

    public bool? IsPublished { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
