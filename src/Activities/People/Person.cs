namespace Relief.Flow.Activities.People;

/// <summary>A person who receives or asks for relief.</summary>
public sealed record Person
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The household.</summary>
    public string? HouseholdId { get; init; }

    /// <summary>The ID number, encrypted; only PersonalDataKey opens it.</summary>
    public required string IdNumberSealed { get; init; }

    /// <summary>The keyed hash by which the number is found.</summary>
    public required string IdNumberHash { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>F or M.</summary>
    public required string Sex { get; init; }

    /// <summary>The day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>The village of residence.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The guardian, for a minor or a person of limited capacity.</summary>
    public string? GuardianId { get; init; }

    /// <summary>On what they answer.</summary>
    public GuardianGround? GuardianGround { get; init; }

    /// <summary>The number of the paper that says so.</summary>
    public string? GuardianPaper { get; init; }

    /// <summary>Who is alleged to have abused the person as their guardian, in the order of the reports; <see cref="GuardianRule.Anyone"/> where nobody was on the records then (E10).</summary>
    public string[] AllegedGuardians { get; init; } = [];

    /// <summary>Who decides.</summary>
    public required LegalCapacity Capacity { get; init; }

    /// <summary>Whether they live.</summary>
    public required LifeStatus LifeStatus { get; init; }

    /// <summary>The day of death, once reported.</summary>
    public DateOnly? DiedOn { get; init; }

    /// <summary>Who said so.</summary>
    public string? DeathSource { get; init; }

    /// <summary>The day they moved out of the county.</summary>
    public DateOnly? MovedOn { get; init; }

    /// <summary>Soft tags from a fixed list, never free text.</summary>
    public string[] Flags { get; init; } = [];
}
