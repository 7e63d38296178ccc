namespace Relief.Flow.Activities.Guidance;

/// <summary>What the city does about one county's service item by a document: adds it, puts another in its place, or drops it (CZ-148). Orders that run are not touched.</summary>
public sealed record ItemAdjustment
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The city.</summary>
    public required string CityCode { get; init; }

    /// <summary>What was asked together: one document, several counties.</summary>
    public required string AskedId { get; init; }

    /// <summary>What is done.</summary>
    public required AdjustmentKind Kind { get; init; }

    /// <summary>The item: the new one, or the one that is changed or dropped.</summary>
    public required string ItemCode { get; init; }

    /// <summary>The item that stands in the place of a changed one.</summary>
    public string? SuccessorCode { get; init; }

    /// <summary>The document's number.</summary>
    public required string Document { get; init; }

    /// <summary>Where it stands.</summary>
    public required AdjustmentStatus Status { get; init; }

    /// <summary>Who of the city approved or refused it; not who asked.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }
}

/// <summary>What the city does about an item.</summary>
public enum AdjustmentKind
{
    Add,
    Change,
    Drop
}

/// <summary>Where an adjustment stands.</summary>
public enum AdjustmentStatus
{
    Asked,
    Approved,
    Refused
}
