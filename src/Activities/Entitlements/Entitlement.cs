namespace Relief.Flow.Activities.Entitlements;

/// <summary>What a list from outside says that a person gets, such as the price subsidy of a month (S25). It is shown beside our own measures; nothing is paid by it here.</summary>
public sealed record Entitlement
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the list came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who handed it in.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>What it is, such as 价格临时补贴.</summary>
    public required string Scheme { get; init; }

    /// <summary>The month, as 2026-03.</summary>
    public required string Period { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The list that it stands in.</summary>
    public required string FileId { get; init; }
}
