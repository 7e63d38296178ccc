namespace Relief.Flow.Activities.Channels;

/// <summary>What a channel's user thinks of how a matter was dealt with (LD: rate the service).</summary>
public sealed record ChannelRating
{
    /// <summary>The matter: one rating each.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The channel as a doer.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Stars { get; init; }

    /// <summary>In the user's own words.</summary>
    public string? Wording { get; init; }
}
