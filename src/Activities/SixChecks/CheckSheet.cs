namespace Relief.Flow.Activities.SixChecks;

/// <summary>One of the six items of a run: whom it is about, and that somebody has checked it.</summary>
public sealed record CheckSheet
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The township.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>1 to 6.</summary>
    public required int Item { get; init; }

    /// <summary>How many people the item is about.</summary>
    public required int Population { get; init; }

    /// <summary>How many of them are to be checked: all, or a sample where there are many.</summary>
    public required int Sampled { get; init; }

    /// <summary>How many were.</summary>
    public int? Checked { get; init; }

    /// <summary>True when nothing was found although other sources show problems.</summary>
    public bool Anomaly { get; init; }

    /// <summary>When it was checked.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Who checked.</summary>
    public string? DoneBy { get; init; }
}
