namespace Relief.Flow.Activities.SpotChecks;

/// <summary>What an inspector found about one service, once and for good.</summary>
public sealed record SpotCheckFinding
{
    /// <summary>The identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The inspector: nobody who has a part in the case (INV-09).</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The item.</summary>
    public required string ItemId { get; init; }

    /// <summary>The result.</summary>
    public required CheckResult Result { get; init; }

    /// <summary>How it was checked.</summary>
    public required CheckMethod Method { get; init; }

    /// <summary>Whether the service happened as it was recorded; unknown when nobody could be asked.</summary>
    public bool? Happened { get; init; }

    /// <summary>Whether it was the recorded worker who came.</summary>
    public bool? SameWorker { get; init; }

    /// <summary>Whether the worker took money from the person.</summary>
    public bool? Charged { get; init; }

    /// <summary>How content the person is, 1 to 5.</summary>
    public int? Satisfaction { get; init; }

    /// <summary>In words, without a name or an illness.</summary>
    public required string Findings { get; init; }

    /// <summary>The hashes of the sheets and pictures.</summary>
    public string[] Evidence { get; init; } = [];
}

/// <summary>What came out of a check.</summary>
public enum CheckResult
{
    /// <summary>It happened as recorded.</summary>
    Pass,

    /// <summary>It happened, with a fault that costs nobody anything.</summary>
    Minor,

    /// <summary>It did not happen as recorded, or somebody was harmed or charged: the money stops.</summary>
    Major,

    /// <summary>Nobody could tell: a reserve pick takes its place.</summary>
    CannotVerify
}

/// <summary>How a service is checked.</summary>
public enum CheckMethod
{
    /// <summary>At the person's home.</summary>
    HomeVisit,

    /// <summary>By telephone.</summary>
    Phone,

    /// <summary>By video.</summary>
    Video,

    /// <summary>From the papers alone.</summary>
    RecordReview
}
