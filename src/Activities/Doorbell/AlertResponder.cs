namespace Relief.Flow.Activities.Doorbell;

/// <summary>Somebody who took an alert. At most one leads; after being late the lead may pass on, both stay recorded (INV-21).</summary>
public sealed record AlertResponder
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>Who.</summary>
    public required string LinkId { get; init; }

    /// <summary>When they took it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Whether they lead now.</summary>
    public required bool IsLead { get; init; }

    /// <summary>May help a child alone.</summary>
    public bool Vetted { get; init; }

    /// <summary>When they were late.</summary>
    public DateTimeOffset? LateAt { get; init; }

    /// <summary>When they gave it back.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When they were there.</summary>
    public DateTimeOffset? OnSceneAt { get; init; }
}
