namespace Relief.Flow.Activities.Agents;

/// <summary>A link by which a relative from afar hands in papers once, bound to a mandate and its agent (S28).</summary>
public sealed record PaperLink
{
    /// <summary>The identifier; the signed token is made of it.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the agent made it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The mandate.</summary>
    public required string MandateId { get; init; }

    /// <summary>The papers asked for.</summary>
    public string[] Kinds { get; init; } = [];

    /// <summary>The last moment it works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used up.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The papers as they were handed in: <c>kind sha256:…</c>.</summary>
    public string[] Papers { get; init; } = [];
}
