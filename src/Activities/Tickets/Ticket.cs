namespace Relief.Flow.Activities.Tickets;

/// <summary>Something that went wrong and that a unit looks into (P15).</summary>
public sealed record Ticket
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who opened it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What sort of matter it is: charity.NotReceived, charity.Charged, volunteer.money …</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, e.g. order:….</summary>
    public required string Subject { get; init; }

    /// <summary>What was said.</summary>
    public required string Reason { get; init; }

    /// <summary>The unit that looks into it.</summary>
    public required string UnitCode { get; init; }

    /// <summary>By when.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Whether it is settled.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>Founded, PartlyFounded, Unfounded or CannotVerify.</summary>
    public string? Outcome { get; init; }

    /// <summary>What was found and done.</summary>
    public string? Measures { get; init; }

    /// <summary>Who settled it.</summary>
    public string? SettledBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The key it was opened with.</summary>
    public required string IdemKey { get; init; }

    /// <summary>By which way it came: 12349, 12345, petition, app, window; none when a pathway has opened it.</summary>
    public string? Channel { get; init; }

    /// <summary>What is wanted; none when a pathway has opened it.</summary>
    public TicketType? Type { get; init; }

    /// <summary>Who said it: the person, or the channel's reference; none of somebody who gave no name. Never a phone or ID number, and never shown to the unit that looks into it.</summary>
    public string? ComplainantRef { get; init; }

    /// <summary>By which the answer is read without a name.</summary>
    public string? Code { get; init; }

    /// <summary>The village it is about.</summary>
    public string? PlaceCode { get; init; }

    /// <summary>The township that looks into it; none when the county does.</summary>
    public string? TownshipCode { get; init; }

    /// <summary>Whether a life is at risk.</summary>
    public bool LifeRisk { get; init; }

    /// <summary>The member of staff it is about.</summary>
    public string? AboutStaffId { get; init; }

    /// <summary>The organisation it is about.</summary>
    public string? AboutUnitId { get; init; }

    /// <summary>The supplier it is about.</summary>
    public string? AboutSupplierId { get; init; }

    /// <summary>The number of the order by which another hotline handed it on.</summary>
    public string? ExternalId { get; init; }

    /// <summary>By when that hotline wants its answer.</summary>
    public DateTimeOffset? ExternalDue { get; init; }

    /// <summary>Where the recording of the call is.</summary>
    public string? Recording { get; init; }

    /// <summary>When it was transferred, the last time.</summary>
    public DateTimeOffset? TransferredAt { get; init; }

    /// <summary>When the unit took it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Who took it.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>How often a unit said that it is not theirs.</summary>
    public int Reroutes { get; init; }

    /// <summary>When its one extension was granted.</summary>
    public DateTimeOffset? ExtendedAt { get; init; }

    /// <summary>Why.</summary>
    public string? ExtensionReason { get; init; }

    /// <summary>What the unit says it is: Founded, PartlyFounded, Unfounded or CannotVerify; final once it is settled.</summary>
    public string? Finding { get; init; }

    /// <summary>Who of the unit says so.</summary>
    public string? FoundBy { get; init; }

    /// <summary>What the complainant is told.</summary>
    public string? Answer { get; init; }

    /// <summary>The settled ticket that this one opens again.</summary>
    public string? ParentId { get; init; }
}
