namespace Relief.Flow.Activities.Appeals;

/// <summary>Somebody who appeals; many may object to one thing, and each is answered.</summary>
public sealed record AppealParty
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When they came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who took it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township, or the county.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The matter.</summary>
    public required string AppealId { get; init; }

    /// <summary>Who they are.</summary>
    public required PartyKind Kind { get; init; }

    /// <summary>The person, supplier, helper or mandate, or the reference of somebody else; never a number of theirs.</summary>
    public required string Ref { get; init; }

    /// <summary>What they say.</summary>
    public required string Wording { get; init; }

    /// <summary>Withdrawn or Died, when they are no party any more.</summary>
    public AppealEnd? LeftAs { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}
