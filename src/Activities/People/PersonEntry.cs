namespace Relief.Flow.Activities.People;

/// <summary>A person as they are entered.</summary>
public sealed record PersonEntry
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The ID number in the clear; it is encrypted before it is stored.</summary>
    public required string IdNumber { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>F or M.</summary>
    public required string Sex { get; init; }

    /// <summary>The day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The household, if known.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>The person's own id, for imports; made when absent.</summary>
    public string? Id { get; init; }
}
