namespace Relief.Flow.Activities.Tickets;

/// <summary>Something that went wrong and that a unit looks into (P15).</summary>
public sealed record Ticket
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who opened it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What sort of matter it is: charity.NotReceived, charity.Charged, volunteer.money …</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. order:….</summary>
    public required string Subject { get; init; }

    /// <summary>What was said.</summary>
    public required string Reason { get; init; }

    /// <summary>The unit that looks into it.</summary>
    public required string UnitCode { get; init; }

    /// <summary>By when.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether it is settled.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>Founded, PartlyFounded, Unfounded or CannotVerify.</summary>
    public string? Outcome { get; init; }

    /// <summary>What was found and done.</summary>
    public string? Measures { get; init; }

    /// <summary>Who settled it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The key it was opened with.</summary>
    public required string IdemKey { get; init; }
}
