namespace Relief.Flow.Activities.Adapters;

/// <summary>An agreement on sharing data with one partner: what for, on which ground, which fields, and how long (S23).</summary>
public sealed record SharingAgreement
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who entered it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The partner's organisation; its address stands in <c>Relief:Adapters:&lt;partner&gt;</c>.</summary>
    public required string Partner { get; init; }

    /// <summary>What it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>The law, or the consent, that it rests on.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>True when no law provides for it: then each person has to agree.</summary>
    public required bool NeedsConsent { get; init; }

    /// <summary>What may be shared of a person, and nothing else.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who ended it.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Where it stands on a day: only while it is in force anything may leave by it.</summary>
    public AgreementState StateOn(DateOnly day) => EndedAt is not null || day > ValidTo ? AgreementState.Ended : day < ValidFrom ? AgreementState.Coming : AgreementState.InForce;
}
