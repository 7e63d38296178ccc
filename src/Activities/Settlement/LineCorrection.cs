namespace Relief.Flow.Activities.Settlement;

/// <summary>That a paid line is taken back: asked for by one, approved by the county, carried by a negative line of the next batch.</summary>
public sealed record LineCorrection
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was approved.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The paid line.</summary>
    public required string LineId { get; init; }

    /// <summary>The township of its batch.</summary>
    public required string TownshipCode { get; init; }

    /// <summary>The supplier of its batch.</summary>
    public required string SupplierId { get; init; }

    /// <summary>Why, as a code.</summary>
    public required string Reason { get; init; }

    /// <summary>The county's officer who approved it: never who asked.</summary>
    public required string ApprovedBy { get; init; }
}
