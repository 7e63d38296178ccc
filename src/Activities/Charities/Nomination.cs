namespace Relief.Flow.Activities.Charities;

/// <summary>One person on a charity's list.</summary>
public sealed record Nomination
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the person was put on it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who put them on it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The list.</summary>
    public required string ListId { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The charity.</summary>
    public required string CharityId { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The consent that allows it.</summary>
    public required string ConsentId { get; init; }

    /// <summary>How the person stands.</summary>
    public required NominationStatus Status { get; init; }

    /// <summary>Why it was declined or withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>What the charity means to do; its own decision (CZ-121).</summary>
    public string? Plan { get; init; }

    /// <summary>When the charity answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When it delivered.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>What it is worth in yuan.</summary>
    public decimal? Value { get; init; }

    /// <summary>The agreement of a donation of money, or the receipt.</summary>
    public string? Receipt { get; init; }
}
