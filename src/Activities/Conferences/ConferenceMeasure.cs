namespace Relief.Flow.Activities.Conferences;

/// <summary>What one unit does for the case, how much and by when (ZZ-022, ZZ-024); never more than it may by itself (INV-22).</summary>
public sealed record ConferenceMeasure
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was resolved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote the resolution down.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The conference.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>The unit that does it.</summary>
    public required string UnitCode { get; init; }

    /// <summary>What it does.</summary>
    public required string What { get; init; }

    /// <summary>Yuan; none for help that costs none.</summary>
    public required decimal Amount { get; init; }

    /// <summary>By when.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The fund account that pays it; null when the unit pays it outside this service.</summary>
    public string? AccountId { get; init; }

    /// <summary>The money set aside for it.</summary>
    public string? ReservationId { get; init; }

    /// <summary>Where it stands.</summary>
    public required MeasureStatus Status { get; init; }

    /// <summary>The voucher or what was done; why not, when it failed.</summary>
    public string? Result { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who said so.</summary>
    public string? EndedBy { get; init; }
}

/// <summary>Where a measure stands.</summary>
public enum MeasureStatus
{
    Open,
    Overdue,
    Done,
    Failed
}
