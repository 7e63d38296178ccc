namespace Relief.Flow.Activities.Placements;

/// <summary>What a qualified person found about somebody's self-care before an institution is sought (tekun rule arts 21–23). It is never changed: a new look is a new row.</summary>
public sealed record CareAssessment
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who assessed.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The indicators that fail, of the six.</summary>
    public required string[] FailedIndicators { get; init; }

    /// <summary>Able, Partial or Complete.</summary>
    public required string Level { get; init; }

    /// <summary>Institution, or why an ordinary institution will not do: Mental, Infectious, Other. Never shown to a supplier.</summary>
    public required string Suitability { get; init; }

    /// <summary>The reference of the report.</summary>
    public required string Evidence { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public required DateOnly ValidUntil { get; init; }
}
