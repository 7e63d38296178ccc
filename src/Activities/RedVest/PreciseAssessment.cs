namespace Relief.Flow.Activities.RedVest;

/// <summary>A team's assessment of a person: six dimensions and the risk (A11). Kept as it is; a new one is a new row.</summary>
public sealed record PreciseAssessment
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The social worker.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Daily life, 1 to 5.</summary>
    public required int Life { get; init; }

    /// <summary>Health.</summary>
    public required int Health { get; init; }

    /// <summary>Family.</summary>
    public required int Family { get; init; }

    /// <summary>Mind.</summary>
    public required int Mind { get; init; }

    /// <summary>Ties to others.</summary>
    public required int Social { get; init; }

    /// <summary>What the person can do.</summary>
    public required int Capability { get; init; }

    /// <summary>The risk.</summary>
    public required TeamRisk Risk { get; init; }

    /// <summary>What the risk is: isolation, violence …, as a code.</summary>
    public required string RiskReason { get; init; }
}
