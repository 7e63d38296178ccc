namespace Relief.Flow.Activities.Neighbours;

/// <summary>A neighbour who is willing to help: 18 or older, of another household, with no conflict (PW6 step 1).</summary>
public sealed record NeighbourVolunteer
{
    /// <summary>The identifier: the user who signs tasks.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>The person they are in the register of persons, when they are.</summary>
    public string? PersonId { get; init; }

    /// <summary>Their household, when it is known.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>Where the subsidy is paid to.</summary>
    public required string BankAccount { get; init; }
}
