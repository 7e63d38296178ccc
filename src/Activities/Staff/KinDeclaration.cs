namespace Relief.Flow.Activities.Staff;

/// <summary>A relation that excludes a staff member from a person's case (E09).</summary>
public sealed record KinDeclaration
{
    /// <summary>The relation of who does something on behalf of the person (P20): no kin, but as far from their case.</summary>
    public const string AgentOf = "agent";

    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Who declared it.</summary>
    public required string StaffId { get; init; }

    /// <summary>To whom.</summary>
    public required string PersonId { get; init; }

    /// <summary>What relation: kin, sameHousehold, employer, supplierOwner, or agent.</summary>
    public required string Relation { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset DeclaredAt { get; init; }
}
