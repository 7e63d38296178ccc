namespace Relief.Flow.Activities.Placements;

/// <summary>How one person comes to live in an institution, and why that is lawful: one row for each order of pathway M2.</summary>
public sealed record Placement
{
    /// <summary>The order's identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>True when an ordinary institution will not do; known to the county and the hospital alone.</summary>
    public bool IsMedical { get; init; }

    /// <summary>When both forms, at home and in an institution, were explained; the cooling time runs from here.</summary>
    public DateTimeOffset? ExplainedAt { get; init; }

    /// <summary>Person or Guardian.</summary>
    public string? ConsentBy { get; init; }

    /// <summary>The reference of the signed form.</summary>
    public string? ConsentForm { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset? ConsentAt { get; init; }

    /// <summary>The reference of the signed refusal; a later consent stands beside it.</summary>
    public string? RefusalForm { get; init; }

    /// <summary>On what a medical placement rests.</summary>
    public LegalGround? Ground { get; init; }

    /// <summary>The reference of the diagnosis.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>The reference of the guardian's consent to a medical placement.</summary>
    public string? GuardianConsent { get; init; }

    /// <summary>The reference of the notice that the diagnosis may be made again.</summary>
    public string? RediagnosisNotice { get; init; }

    /// <summary>Who bears the cost of a medical placement.</summary>
    public string? CostSource { get; init; }

    /// <summary>Where.</summary>
    public string? InstitutionId { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? AdmittedOn { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Why it ended.</summary>
    public string? ExitReason { get; init; }

    /// <summary>Whether what is kept allows an admission (INV-18); the database asks the same.</summary>
    public bool MayBeAdmitted => IsMedical
        ? Ground switch
        {
            LegalGround.OwnConsent => ConsentAt is not null && ConsentBy == "Person",
            LegalGround.SelfHarmRisk => Diagnosis is not null && GuardianConsent is not null,
            LegalGround.DangerToOthers => Diagnosis is not null && RediagnosisNotice is not null,
            _ => false
        }
        : ConsentAt is not null;
}
