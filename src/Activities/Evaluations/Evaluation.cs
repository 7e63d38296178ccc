namespace Relief.Flow.Activities.Evaluations;

/// <summary>How a supplier or a township did in a period, reckoned from its records and findings (CZ-035); it is never changed.</summary>
public sealed record Evaluation
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was confirmed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who confirmed it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What is evaluated.</summary>
    public required EvaluatedUnit Kind { get; init; }

    /// <summary>The supplier's id or the township's code.</summary>
    public required string UnitCode { get; init; }

    /// <summary>The first service day.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>How many services it rests on.</summary>
    public required int Services { get; init; }

    /// <summary>Of 100: records sent in time.</summary>
    public required decimal Timely { get; init; }

    /// <summary>Of 100: records without a flag.</summary>
    public required decimal Quality { get; init; }

    /// <summary>Of 100: what spot checks found; none when nothing was checked.</summary>
    public decimal? Checked { get; init; }

    /// <summary>Of 100: how content people were when asked; none when nobody was.</summary>
    public decimal? Content { get; init; }

    /// <summary>Of 100: workers with a certificate that holds at the end; none for a township.</summary>
    public decimal? Trained { get; init; }

    /// <summary>Of 100: less ten for each complaint that was founded.</summary>
    public required decimal Complaints { get; init; }

    /// <summary>Of 100: the weighted mean of what is known.</summary>
    public required decimal Score { get; init; }
}

/// <summary>What is evaluated.</summary>
public enum EvaluatedUnit
{
    Supplier,
    Township
}
