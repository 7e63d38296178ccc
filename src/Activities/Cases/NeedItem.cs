namespace Relief.Flow.Activities.Cases;

/// <summary>One need of a case.</summary>
public sealed record NeedItem
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The item that answers it.</summary>
    public required string ItemCode { get; init; }

    /// <summary>The family of the need.</summary>
    public required string Family { get; init; }

    /// <summary>elderly, minor, disabled, seriouslyIll or temporary.</summary>
    public required string PersonClass { get; init; }

    /// <summary>How urgent.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>Units per month, once decided.</summary>
    public decimal Quantity { get; init; }

    /// <summary>The need in the applicant's own words.</summary>
    public required string Wording { get; init; }

    /// <summary>The pathways decided.</summary>
    public string[] Pathways { get; init; } = [];

    /// <summary>What has been decided.</summary>
    public required NeedStatus Status { get; init; }

    /// <summary>The decision.</summary>
    public string? DecisionId { get; init; }

    /// <summary>The emergency whose order answers it (P29): such a need is nobody's to classify, survey or decide.</summary>
    public string? EmergencyId { get; init; }
}
