namespace Relief.Flow.Activities.Funds;

/// <summary>A county's year of money: its accounts take reservations until it is closed (E08, E22).</summary>
public sealed record FundYear
{
    /// <summary>County code and year, joined by a hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who opened it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>The document of the decision on what is carried over.</summary>
    public string? Document { get; init; }

    /// <summary>What becomes of the open reservations that the decision does not name.</summary>
    public CarryChoice? Rest { get; init; }

    /// <summary>Who proposed the decision.</summary>
    public string? ProposedBy { get; init; }

    /// <summary>Who approved it: never who proposed it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When the year was closed; what was not carried over has expired then.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The row of a county's year.</summary>
    public static string IdOf(string countyCode, int year) => $"{countyCode}-{year}";
}
