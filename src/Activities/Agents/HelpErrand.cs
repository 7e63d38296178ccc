namespace Relief.Flow.Activities.Agents;

/// <summary>One thing that an agent does for a person (P20 step 3).</summary>
public sealed record HelpErrand
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The mandate it rests on.</summary>
    public required string MandateId { get; init; }

    /// <summary>What is done.</summary>
    public required ErrandKind Kind { get; init; }

    /// <summary>Its place in the list: a hospital comes first.</summary>
    public required int Ord { get; init; }

    /// <summary>The state.</summary>
    public required ErrandStatus Status { get; init; }

    /// <summary>The receipt; none without it is done.</summary>
    public string? Receipt { get; init; }

    /// <summary>On what a person was sent to a hospital.</summary>
    public DiagnosisGround? Ground { get; init; }

    /// <summary>The paper that the ground rests on; never an illness.</summary>
    public string? GroundReference { get; init; }

    /// <summary>Who keeps a bank card: Person, Guardian, or AgentPassbook with an agreement. No agent keeps a card or cash.</summary>
    public string? KeptBy { get; init; }

    /// <summary>The written agreement on a passbook, as filed at the county (dibao art. 26).</summary>
    public string? Agreement { get; init; }

    /// <summary>Why it is blocked or was dropped.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was last decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }
}
