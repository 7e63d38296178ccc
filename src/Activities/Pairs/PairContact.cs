namespace Relief.Flow.Activities.Pairs;

/// <summary>One contact of a pair: a call, a visit, a day of the branch. Never changed or deleted (INV-25).</summary>
public sealed record PairContact
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it down.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The pair.</summary>
    public required string PairId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly ContactedOn { get; init; }

    /// <summary>Visit, Call or PartyDay.</summary>
    public required string Kind { get; init; }

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>What the person was found to need; it is told to the township.</summary>
    public string? NeedsFound { get; init; }

    /// <summary>What was solved.</summary>
    public string? Solved { get; init; }

    /// <summary>The line of the in-kind ledger, when goods were given.</summary>
    public string? InKindId { get; init; }

    /// <summary>The key it was written with.</summary>
    public required string IdemKey { get; init; }
}
