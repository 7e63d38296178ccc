namespace Relief.Flow.Activities.Audit;

/// <summary>Who did what to which object and why: append-only and hash-chained per subject (3.0.5).</summary>
public sealed record AuditEvent
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The object whose chain this is, e.g. case:….</summary>
    public required string Subject { get; init; }

    /// <summary>Its place in the chain, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>The deed, as a past participle.</summary>
    public required string What { get; init; }

    /// <summary>Old and new values and parameters used, as JSON.</summary>
    public required string Detail { get; init; }

    /// <summary>Who.</summary>
    public required string DoneBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DoneAt { get; init; }

    /// <summary>The hash of the event before.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>The hash over this event and the one before.</summary>
    public required string Hash { get; init; }
}
