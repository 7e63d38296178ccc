namespace Relief.Flow.Activities.Notices;

/// <summary>A public notice: service number, village and 服务类救助, by consent a masked name, nothing else (INV-15).</summary>
public sealed record NoticeRecord
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The service number.</summary>
    public required string ServiceNo { get; init; }

    /// <summary>The village.</summary>
    public required string VillageName { get; init; }

    /// <summary>The surname and 某某, while a consent stands; null without.</summary>
    public string? ShownName { get; init; }

    /// <summary>What hangs on the board.</summary>
    public required string Content { get; init; }

    /// <summary>What allows it.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>Whether it hangs.</summary>
    public required NoticeStatus Status { get; init; }

    /// <summary>When it was put up.</summary>
    public DateTimeOffset? PostedAt { get; init; }

    /// <summary>When it was taken down.</summary>
    public DateTimeOffset? TakenDownAt { get; init; }

    /// <summary>Photographs and addresses that prove it.</summary>
    public string[] Proofs { get; init; } = [];

    /// <summary>The key it was made with.</summary>
    public required string IdemKey { get; init; }
}
