namespace Relief.Flow.Activities.SpotChecks;

/// <summary>One draw of services to be checked (P14, CZ-036). With its seed and the members of its strata anybody can reckon it again; it is never changed.</summary>
public sealed record SpotCheckPlan
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drew it; system for the monthly draw.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The calendar year whose services it counts for.</summary>
    public required int Year { get; init; }

    /// <summary>A month's, or a top-up of the whole year.</summary>
    public required DrawKind Kind { get; init; }

    /// <summary>The first service day of the population.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>The share that was to be reached, by the parameter of that day: 0.30.</summary>
    public required decimal Ratio { get; init; }

    /// <summary>32 random bytes in hexadecimal, made in the moment of the draw.</summary>
    public required string Seed { get; init; }

    /// <summary>SHA-256 over the strata and their members (<see cref="SampleDraw.HashOf"/>).</summary>
    public required string PopulationHash { get; init; }

    /// <summary>How many services the period has: N.</summary>
    public required int Services { get; init; }

    /// <summary>How many were drawn by chance: n = Σ ceil(ratio × N_s), less what was checked or drawn before.</summary>
    public required int Sample { get; init; }

    /// <summary>The key of the draw.</summary>
    public required string IdemKey { get; init; }
}

/// <summary>What a draw is for.</summary>
public enum DrawKind
{
    /// <summary>The services of one month.</summary>
    Monthly,

    /// <summary>What is missing of a year: at its end, or when late records have opened it again (E23).</summary>
    TopUp
}
