namespace Relief.Flow.Activities.Funds;

/// <summary>The base of the 1 % cap on F3 for a county and year (X04).</summary>
public sealed record FundCap
{
    /// <summary>County code and year, joined by a hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The year.</summary>
    public required int FiscalYear { get; init; }

    /// <summary>The pooled social-relief funds in yuan; the cap is one hundredth of it.</summary>
    public decimal CapBase { get; init; }

    /// <summary>The document that sets it.</summary>
    public required string Document { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
