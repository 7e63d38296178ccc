namespace Relief.Flow.Activities.Grids;

/// <summary>Who has a cell, from when to when. It ends and is never deleted: who was to visit whom can always be told.</summary>
public sealed record GridPost
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The cell.</summary>
    public required string CellId { get; init; }

    /// <summary>Who.</summary>
    public required string StaffId { get; init; }

    /// <summary>As what.</summary>
    public required GridPostKind Kind { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day of a stand-in.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>When somebody ended it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => EndedAt is null && ValidFrom <= day && (ValidTo is null || ValidTo >= day);
}
