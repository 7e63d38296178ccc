namespace Relief.Flow.Activities.Kin;

/// <summary>That somebody who works on relief has declared their close relatives, or that they have none who could ask for relief (P27 step 1). Never changed.</summary>
public sealed record KinStatement
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was declared.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who entered it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The county again: a declaration is for the county and for who made it.</summary>
    public required string AreaCode { get; init; }

    /// <summary>Who declares.</summary>
    public required string StaffId { get; init; }

    /// <summary>For which year.</summary>
    public required int Year { get; init; }

    /// <summary>How many relatives it names.</summary>
    public required int Relatives { get; init; }

    /// <summary>By when the year's declaration was due.</summary>
    public required DateOnly DueOn { get; init; }
}
