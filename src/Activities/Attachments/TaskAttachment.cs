namespace Relief.Flow.Activities.Attachments;

/// <summary>A photo or scan at a task: proof of what was decided. Who attached what stays on record also when it was taken off.</summary>
public sealed record TaskAttachment
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    /// <summary>The stored file's hash.</summary>
    public required string Hash { get; init; }

    /// <summary>What the person calls it, at most 200 characters.</summary>
    public required string Name { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public required int Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When it was taken off; null while it stands.</summary>
    public DateTimeOffset? RemovedAt { get; init; }
}
