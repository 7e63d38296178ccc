namespace Relief.Flow.Activities.Adapters;

/// <summary>A person's consent to sharing with one partner what no law provides for (E20).</summary>
public sealed record SharingConsent
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

    /// <summary>Who gets the data.</summary>
    public required string Partner { get; init; }

    /// <summary>How it was given: paper, voice, app.</summary>
    public required string Form { get; init; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}
