namespace Relief.Flow.Activities.Calls;

/// <summary>A call to a hotline that nobody took: it is called back in time. The telephone number stays with the hotline's own switchboard, under its number of the call.</summary>
public sealed record LostCall
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was lost.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The hotline as a doer.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The hotline, such as 12349.</summary>
    public required string Hotline { get; init; }

    /// <summary>The switchboard's number of the call, by which it dials again.</summary>
    public required string Number { get; init; }

    /// <summary>The village it came from, as far as it is known; else the county.</summary>
    public required string PlaceCode { get; init; }

    /// <summary>The person whose number it is; none when it is nobody's here or several people's.</summary>
    public string? PersonId { get; init; }

    /// <summary>By when it is called back.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How it stands.</summary>
    public required LostCallStatus Status { get; init; }

    /// <summary>How often nobody answered.</summary>
    public required int Attempts { get; init; }

    /// <summary>The ticket that came of it.</summary>
    public string? TicketId { get; init; }

    /// <summary>When it was called back, or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who called back.</summary>
    public string? EndedBy { get; init; }
}
