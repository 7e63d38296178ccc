namespace Relief.Flow.Activities.Orders;

/// <summary>One party's signature.</summary>
public sealed record AgreementSignature
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The agreement.</summary>
    public required string AgreementId { get; init; }

    /// <summary>Which party.</summary>
    public required AgreementParty Party { get; init; }

    /// <summary>Who signed for it.</summary>
    public required string Signer { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SignedAt { get; init; }
}
