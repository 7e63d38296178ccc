namespace Relief.Flow.Activities.Archive;

/// <summary>One paper of a file.</summary>
public sealed record ArchiveItem
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The file.</summary>
    public required string FileId { get; init; }

    /// <summary>The paper.</summary>
    public required string Kind { get; init; }

    /// <summary>True when it is there.</summary>
    public required bool Present { get; init; }

    /// <summary>Why it is missing: lost, notApplicable, pending.</summary>
    public string? ExceptionReason { get; init; }

    /// <summary>Who signed the exception.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The paper's hash.</summary>
    public string? DocumentHash { get; init; }
}
