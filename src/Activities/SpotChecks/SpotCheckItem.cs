namespace Relief.Flow.Activities.SpotChecks;

/// <summary>One service that was drawn to be checked; it is never changed, what was found is a <see cref="SpotCheckFinding"/>.</summary>
public sealed record SpotCheckItem
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was drawn.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who drew it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The draw.</summary>
    public required string PlanId { get; init; }

    /// <summary>Its stratum.</summary>
    public required string StratumId { get; init; }

    /// <summary>The service record.</summary>
    public required string RecordId { get; init; }

    /// <summary>The order of the record.</summary>
    public required string OrderId { get; init; }

    /// <summary>Its place in the order that the seed gives the stratum, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>How it came into the sample.</summary>
    public required ItemOrigin Origin { get; init; }

    /// <summary>True when somebody must be seen or spoken to: papers alone do not do (0.2b).</summary>
    public required bool Direct { get; init; }

    /// <summary>The item that could not be verified and that this one stands in for.</summary>
    public string? ReplacesId { get; init; }
}

/// <summary>How a service came into a sample.</summary>
public enum ItemOrigin
{
    /// <summary>By chance: it counts towards the year's share.</summary>
    Random,

    /// <summary>The next one by the same seed, for one that could not be verified; it counts as well.</summary>
    Reserve,

    /// <summary>On top, because its record is flagged; it does not count (P14 step 1).</summary>
    Risk
}
