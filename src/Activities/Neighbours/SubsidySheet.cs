namespace Relief.Flow.Activities.Neighbours;

/// <summary>The subsidies of a township's neighbours for a year (P11).</summary>
public sealed record SubsidySheet
{
    /// <summary>Township and year, joined by a hyphen.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the year was frozen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who froze it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township.</summary>
    public required string TownshipCode { get; init; }

    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>How far it is.</summary>
    public required SheetStatus Status { get; init; }

    /// <summary>The money behind it.</summary>
    public string? ReservationId { get; init; }

    /// <summary>The county's decision by which the amounts were reduced.</summary>
    public string? Reduction { get; init; }

    /// <summary>Who reviewed it.</summary>
    public string? Reviewer { get; init; }

    /// <summary>What was posted: masked names and amounts.</summary>
    public string? Notice { get; init; }

    /// <summary>The proof that it was posted.</summary>
    public string? Proof { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? Voucher { get; init; }

    /// <summary>When it was paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }
}
