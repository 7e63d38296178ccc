namespace Relief.Flow.Activities.Tickets;

/// <summary>A ticket as a hotline, a petition platform or an app hands it in.</summary>
public sealed record TicketEntry
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>What is wanted.</summary>
    public required TicketType Type { get; init; }

    /// <summary>The village it is about.</summary>
    public required string PlaceCode { get; init; }

    /// <summary>What was said.</summary>
    public required string Wording { get; init; }

    /// <summary>Who said it; none of somebody who gives no name.</summary>
    public string? ComplainantRef { get; init; }

    /// <summary>Whether a life is at risk.</summary>
    public bool LifeRisk { get; init; }

    /// <summary>The member of staff it is about.</summary>
    public string? AboutStaffId { get; init; }

    /// <summary>The organisation it is about.</summary>
    public string? AboutUnitId { get; init; }

    /// <summary>The supplier it is about.</summary>
    public string? AboutSupplierId { get; init; }

    /// <summary>The order of another hotline.</summary>
    public string? ExternalId { get; init; }

    /// <summary>By when that hotline wants its answer.</summary>
    public DateTimeOffset? ExternalDue { get; init; }

    /// <summary>Where the recording of the call is.</summary>
    public string? Recording { get; init; }

    /// <summary>By which the answer is read (<see cref="TicketCode"/>); none of what is opened here.</summary>
    public string? Code { get; init; }

    /// <summary>The settled ticket that it opens again.</summary>
    public string? ParentId { get; init; }
}
