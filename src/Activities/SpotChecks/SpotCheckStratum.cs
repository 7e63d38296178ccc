namespace Relief.Flow.Activities.SpotChecks;

/// <summary>The services of one township, supplier and mode in a draw.</summary>
public sealed record SpotCheckStratum
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drew it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The draw.</summary>
    public required string PlanId { get; init; }

    /// <summary>The township.</summary>
    public required string TownshipCode { get; init; }

    /// <summary>Who served.</summary>
    public required string SupplierId { get; init; }

    /// <summary>M1 to M7.</summary>
    public required string Mode { get; init; }

    /// <summary>How many services it has in the period: N_s.</summary>
    public required int Services { get; init; }

    /// <summary>How many of them were checked, or drawn and not yet checked, before this draw.</summary>
    public required int Done { get; init; }

    /// <summary>How many this draw took by chance: n_s.</summary>
    public required int Sample { get; init; }

    /// <summary>The records out of whom it drew, by id.</summary>
    public string[] Members { get; init; } = [];
}
