namespace Relief.Flow.Activities.Channels;

/// <summary>A message of a channel that was let in: its nonce is never taken again.</summary>
public sealed record ChannelNonce
{
    /// <summary>The channel and its nonce.</summary>
    public required string Id { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>When the channel says it was sent.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
