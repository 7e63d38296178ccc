using Relief.Flow.Activities.Cases;

namespace Relief.Flow.Activities.Channels;

/// <summary>Something that a channel has started, under the channel's own number: it sees this and nothing else.</summary>
public sealed record ChannelMatter
{
    /// <summary>The channel and its number.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The channel as a doer.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The channel's own number.</summary>
    public required string Number { get; init; }

    /// <summary>The channel's user, as the channel names them; never a phone or ID number.</summary>
    public required string UserRef { get; init; }

    /// <summary>What it became.</summary>
    public required MatterKind Kind { get; init; }

    /// <summary>The application, request, ticket or call.</summary>
    public required string RecordId { get; init; }

    /// <summary>Keyed signature of what was sent: the same number with something else is refused.</summary>
    public required string Content { get; init; }

    /// <summary>The state of the application that the channel was last told.</summary>
    public ApplicationStatus? ToldApplication { get; init; }

    /// <summary>The state of its case that the channel was last told.</summary>
    public CaseStatus? ToldCase { get; init; }

    /// <summary>How often it was told.</summary>
    public required int Tellings { get; init; }

    /// <summary>True when nothing more will be told.</summary>
    public required bool Ended { get; init; }
}
