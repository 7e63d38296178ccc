namespace Relief.Flow.Activities.Notices;

/// <summary>A person's separate consent that a masked name of theirs stands on the public sheet (PIPL art. 25, README 0.2b); without it the sheet shows none.</summary>
public sealed record PublicationConsent
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who took it down.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>How: paper, voice, app.</summary>
    public required string Form { get; init; }

    /// <summary>When it was taken back; null while it stands. One stands per person.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
