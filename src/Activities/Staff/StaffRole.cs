namespace Relief.Flow.Activities.Staff;

/// <summary>A role that a staff member holds in an area for a time.</summary>
public sealed record StaffRole
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Who.</summary>
    public required string StaffId { get; init; }

    /// <summary>The role, one of ReliefRoles.</summary>
    public required string Role { get; init; }

    /// <summary>Where: the area and everything below it.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }
}
