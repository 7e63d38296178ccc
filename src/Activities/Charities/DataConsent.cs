namespace Relief.Flow.Activities.Charities;

/// <summary>A person's answer to one receiver of their data: a separate consent each (PIPL art. 23), by themselves or their guardian.</summary>
public sealed record DataConsent
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was answered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who took it down.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The order it was asked for.</summary>
    public required string OrderId { get; init; }

    /// <summary>Who would get the data.</summary>
    public required string RecipientId { get; init; }

    /// <summary>True when it was given.</summary>
    public required bool Granted { get; init; }

    /// <summary>How: paper, voice, app.</summary>
    public required string Form { get; init; }

    /// <summary>self, guardian or witness.</summary>
    public required string GivenBy { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
