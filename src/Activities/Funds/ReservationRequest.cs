namespace Relief.Flow.Activities.Funds;

/// <summary>Money wanted for an order.</summary>
public sealed record ReservationRequest
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The first day of service; its year is the fiscal year.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>The last day of service.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>What it is for.</summary>
    public required FundPurpose Purpose { get; init; }

    /// <summary>The accounts that may carry it, in the order in which to use them.</summary>
    public required IReadOnlyList<string> CandidateAccounts { get; init; }

    /// <summary>Whether several accounts may carry it together, each eligible by itself (X05).</summary>
    public bool SplitAllowed { get; init; }

    /// <summary>Whether it belongs to its year though it is reckoned after that year's close, as the neighbours' subsidies are.</summary>
    public bool MayFollowClose { get; init; }

    /// <summary>Whether less than the amount may be set aside when there is not enough.</summary>
    public bool PartialAllowed { get; init; }
}
