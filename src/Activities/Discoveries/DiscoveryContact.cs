namespace Relief.Flow.Activities.Discoveries;

/// <summary>One attempt to speak with somebody who was found; the log is only added to.</summary>
public sealed record DiscoveryContact
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who wrote it down.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The discovery.</summary>
    public required string DiscoveryId { get; init; }

    /// <summary>When it was tried.</summary>
    public required DateTimeOffset TriedAt { get; init; }

    /// <summary>What came of it: WantsHelp, Declines, NoNeed, CannotDecide, NotFound, Found.</summary>
    public required string Result { get; init; }
}
