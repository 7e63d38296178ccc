namespace Relief.Flow.Activities.Kin;

/// <summary>The separate filing of a case whose person is kin of somebody who works on relief (单独登记备案, dibao rule art. 11, P27): one for each case and member of staff.</summary>
public sealed record KinFilingRecord
{
    /// <summary>The identifier, made of case and staff.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it came to light.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who said so.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township whose case it is: it, the county and who is concerned see it, the village does not.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Its person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The member of staff or of the village committee.</summary>
    public required string StaffId { get; init; }

    /// <summary>kin, sameHousehold, employer, supplierOwner, or household: a relative lives with the person.</summary>
    public required string Relation { get; init; }

    /// <summary>By what it came to light.</summary>
    public required KinOrigin Origin { get; init; }

    /// <summary>The statement, task, finding or ticket.</summary>
    public string? OriginId { get; init; }

    /// <summary>What became of it.</summary>
    public required KinFilingStatus Status { get; init; }

    /// <summary>By when it is to be filed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was filed, or found not to be so.</summary>
    public DateTimeOffset? FiledAt { get; init; }

    /// <summary>By whom; never by who is concerned.</summary>
    public string? FiledBy { get; init; }

    /// <summary>On what it rests.</summary>
    public string? Note { get; init; }

    /// <summary>The decision that was taken before it was filed; the county looks at it again.</summary>
    public string? DecisionId { get; init; }

    /// <summary>What the county says about that decision.</summary>
    public KinRecheck? Recheck { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? RecheckedAt { get; init; }

    /// <summary>By whom: nobody who decided or is concerned.</summary>
    public string? RecheckedBy { get; init; }

    /// <summary>Why.</summary>
    public string? RecheckReason { get; init; }
}
