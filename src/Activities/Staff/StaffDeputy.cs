namespace Relief.Flow.Activities.Staff;

/// <summary>Somebody who does another's work while they are away (代理): with their posts, under the deputy's own name.</summary>
public sealed record StaffDeputy
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Who is away.</summary>
    public required string StaffId { get; init; }

    /// <summary>Who does their work.</summary>
    public required string DeputyId { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was arranged.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was ended before its time; absent while it stands.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
