namespace Relief.Flow.Activities.Discoveries;

/// <summary>Somebody in need whom others found: a data match, a visit, a neighbour (P02). It says who is to be asked; whether they want help is theirs to say.</summary>
/// <remarks>A person has one open discovery in a county, and a closed one stays as it was closed: the database refuses anything else.</remarks>
public sealed record Discovery
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it: the discoverer.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Where it comes from.</summary>
    public required DiscoveryOrigin Origin { get; init; }

    /// <summary>What it comes from: a hit, a visit, a ticket; each leads to one discovery at most.</summary>
    public required string OriginId { get; init; }

    /// <summary>By which channel; told by the origin when nobody says.</summary>
    public DiscoveryChannel? Channel { get; init; }

    /// <summary>The person, when the register knows them.</summary>
    public string? PersonId { get; init; }

    /// <summary>How others call somebody whom the register does not know; never a phone or ID number.</summary>
    public string? PersonRef { get; init; }

    /// <summary>What was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>How long it bears waiting.</summary>
    public required DiscoveryRisk Risk { get; init; }

    /// <summary>Where it stands.</summary>
    public DiscoveryStatus Status { get; init; }

    /// <summary>The open discovery of the same person that stands for this one too (E07).</summary>
    public string? MergedInto { get; init; }

    /// <summary>The declined discovery after which somebody asks once more.</summary>
    public string? RevisitOf { get; init; }

    /// <summary>By when it is closed.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When somebody first spoke with the person.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>Who did.</summary>
    public string? ContactedBy { get; init; }

    /// <summary>Why no help is wanted or needed.</summary>
    public string? Reason { get; init; }

    /// <summary>Who speaks for somebody who cannot decide.</summary>
    public string? GuardianRef { get; init; }

    /// <summary>The help on behalf that was called.</summary>
    public string? MandateId { get; init; }

    /// <summary>The application that came of it.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>What came of it.</summary>
    public DiscoveryOutcome? Outcome { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>The audit chain of a discovery, and what its instance is about.</summary>
    public static string Chain(string id) => "discovery:" + id;

    /// <summary>The event that says that an application came of it.</summary>
    public static string Applied(string id) => $"discovery:{id}:applied";

    /// <summary>The event that says that it is closed.</summary>
    public static string Closed(string id) => $"discovery:{id}:closed";
}
