namespace Relief.Flow.Activities.Funds;

/// <summary>What was decided for one open reservation, and what the close of its year made of it (E22). Without a decision that two people took it is released.</summary>
public sealed record CarryDecision
{
    /// <summary>Year and reservation, joined by a hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was proposed, or found open at the close.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who proposed it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The county's year.</summary>
    public required string FundYearId { get; init; }

    /// <summary>The reservation.</summary>
    public required string ReservationId { get; init; }

    /// <summary>What it is for.</summary>
    public required string OrderId { get; init; }

    /// <summary>What becomes of it.</summary>
    public required CarryChoice Decision { get; init; }

    /// <summary>The document of the decision.</summary>
    public string? Document { get; init; }

    /// <summary>Who approved it: never who proposed it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Yuan committed by accrual: delivered in the year and not billed at its close.</summary>
    public decimal Accrued { get; init; }

    /// <summary>Yuan that went on into the next year.</summary>
    public decimal Carried { get; init; }

    /// <summary>Yuan given back.</summary>
    public decimal Released { get; init; }

    /// <summary>Why it could not be carried over, as a code; it stands until that is mended.</summary>
    public string? Refusal { get; init; }

    /// <summary>When the close has settled it.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The row of a reservation in a county's year.</summary>
    public static string IdOf(string fundYearId, string reservationId) => $"{fundYearId}-{reservationId}";
}
