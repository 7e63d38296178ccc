namespace Relief.Flow.Activities.SpecialRelief;

/// <summary>One need of one person beside service relief, followed until somebody has granted it or a conference has it (大救助, P28).</summary>
public sealed record ReliefLinkage
{
    /// <summary>The identifier: that of its procedure.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who opened it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person's village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>What is needed.</summary>
    public required LinkageNeed Need { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>What it comes from; each leads to one linkage.</summary>
    public required string OriginId { get; init; }

    /// <summary>Where it stands.</summary>
    public required LinkageStatus Status { get; init; }

    /// <summary>The policy that the person chose.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The department that has it or had it last.</summary>
    public string? UnitCode { get; init; }

    /// <summary>True when the county has said that it is this department's.</summary>
    public bool IsBinding { get; init; }

    /// <summary>How consent to the passing on of data was given.</summary>
    public string? ConsentForm { get; init; }

    /// <summary>self, guardian or witness.</summary>
    public string? ConsentBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ConsentAt { get; init; }

    /// <summary>The help on behalf that was called for papers.</summary>
    public string? MandateId { get; init; }

    /// <summary>Yuan proposed as temporary relief.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What they are for.</summary>
    public string? Purpose { get; init; }

    /// <summary>Who proposed them.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Who approved them: somebody else.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The account that pays.</summary>
    public string? AccountId { get; init; }

    /// <summary>The money set aside.</summary>
    public string? ReservationId { get; init; }

    /// <summary>How it ended.</summary>
    public LinkageOutcome? Outcome { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The audit chain of a linkage, and what its tasks are about.</summary>
    public static string Chain(string id) => "linkage:" + id;
}
