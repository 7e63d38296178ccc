namespace Relief.Flow.Activities.Archive;

/// <summary>A person's number for life: unique, ascending in county and year, never re-used (INV-12).</summary>
public sealed record FileNumber
{
    /// <summary>AAAAAA-YYYY-NNNNNN.</summary>
    public required string Number { get; init; }

    /// <summary>The person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The year of assignment.</summary>
    public required int Year { get; init; }

    /// <summary>Its place in that year.</summary>
    public required int Sequence { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AssignedAt { get; init; }
}
