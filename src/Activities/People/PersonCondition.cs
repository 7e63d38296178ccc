namespace Relief.Flow.Activities.People;

/// <summary>A condition of a person: a disability, an illness, living alone.</summary>
public sealed record PersonCondition
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Whose.</summary>
    public required string PersonId { get; init; }

    /// <summary>What.</summary>
    public required ConditionKind Kind { get; init; }

    /// <summary>Its grade where it has one; disability 1 is the most severe.</summary>
    public int? Level { get; init; }

    /// <summary>The proof.</summary>
    public required string Evidence { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>True when nothing shown to the public or a supplier may reveal it.</summary>
    public required bool Confidential { get; init; }
}
