namespace Relief.Flow.Activities.Cases;

/// <summary>What a need was from a moment on; kept for good, so that the need list of any earlier day can be read (PL-020, S16).</summary>
public sealed record NeedChange
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it became so.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it so.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The need.</summary>
    public required string NeedItemId { get; init; }

    /// <summary>The number of the change of this need, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>What had been decided.</summary>
    public required NeedStatus Status { get; init; }

    /// <summary>Units per month, once decided.</summary>
    public decimal Quantity { get; init; }

    /// <summary>The pathways decided.</summary>
    public string[] Pathways { get; init; } = [];

    internal static NeedChange Of(NeedItem need, int sequence, Deed deed) => new()
    {
        Id = deed.NewId(), CountyCode = need.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, CaseId = need.CaseId, NeedItemId = need.Id, Sequence = sequence,
        Status = need.Status, Quantity = need.Quantity, Pathways = need.Pathways
    };
}
