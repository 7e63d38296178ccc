namespace Relief.Flow.Activities.Kin;

/// <summary>A close relative whom somebody has declared: a pseudonym of the ID number and the relation, nothing else of them is kept.</summary>
public sealed record KinRelative
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who entered it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The county again.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The statement.</summary>
    public required string StatementId { get; init; }

    /// <summary>Whose relative it is.</summary>
    public required string StaffId { get; init; }

    /// <summary>The keyed hash of the ID number, as persons have it.</summary>
    public required string IdNumberHash { get; init; }

    /// <summary>kin, sameHousehold, employer or supplierOwner.</summary>
    public required string Relation { get; init; }
}
