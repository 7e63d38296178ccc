namespace Relief.Flow.Activities.People;

/// <summary>A recognised relief category of a person, for a time (INV-27).</summary>
public sealed record ReliefIdentity
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

    /// <summary>Which.</summary>
    public required ReliefCategory Category { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The paper or registry entry that proves it.</summary>
    public required string Evidence { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }
}
