namespace Relief.Flow.Activities.RedVest;

/// <summary>One review of a plan's goals.</summary>
public sealed record GoalReviewRecord
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

    /// <summary>What it came to.</summary>
    public required GoalDecision Decision { get; init; }

    /// <summary>How much of the goals is reached, in percent.</summary>
    public required int Attainment { get; init; }
}
