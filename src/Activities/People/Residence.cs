namespace Relief.Flow.Activities.People;

/// <summary>Where a person lived, for a time. Who never moved within the county has none: the register of persons says it (E03).</summary>
public sealed record Residence
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

    /// <summary>The village.</summary>
    public required string AreaCode { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day; open when absent.</summary>
    public DateOnly? ValidTo { get; init; }
}
