namespace Relief.Flow.Activities.RedVest;

/// <summary>One session of a team. The note is between the social worker and the person: it is never shown to volunteers and never enters a task or a message.</summary>
public sealed record HelpSession
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The social worker.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly HeldOn { get; init; }

    /// <summary>The volunteer who took part, if any.</summary>
    public string? VolunteerId { get; init; }

    /// <summary>How long, in hours.</summary>
    public required decimal Hours { get; init; }

    /// <summary>What was to be done, in words that volunteers may read.</summary>
    public required string Task { get; init; }

    /// <summary>The confidential note; null for whoever may not read it.</summary>
    public string? Note { get; init; }

    /// <summary>The key it was written with.</summary>
    public required string IdemKey { get; init; }
}
