namespace Relief.Flow.Activities.Discoveries;

/// <summary>Somebody in need whom others found: a data match, a visit, a neighbour (P02). It says who is to be asked; whether they want help is theirs to say.</summary>
public sealed record Discovery
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Where it comes from.</summary>
    public required DiscoveryOrigin Origin { get; init; }

    /// <summary>What it comes from: a hit, a visit, a ticket; each leads to one discovery at most.</summary>
    public required string OriginId { get; init; }

    /// <summary>The person, when the register knows them.</summary>
    public string? PersonId { get; init; }

    /// <summary>How others call somebody whom the register does not know; never a phone or ID number.</summary>
    public string? PersonRef { get; init; }

    /// <summary>What was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>How long it bears waiting.</summary>
    public required DiscoveryRisk Risk { get; init; }
}
