namespace Relief.Flow.Activities.Staff;

/// <summary>A person who works on relief: the user as an actor.</summary>
public sealed record StaffMember
{
    /// <summary>The user's identifier, the same that signs tasks.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>The organisation that employs them.</summary>
    public required string UnitId { get; init; }

    /// <summary>The area they work in.</summary>
    public required string AreaCode { get; init; }

    /// <summary>False when they have left.</summary>
    public required bool Active { get; init; }
}
