namespace Relief.Flow.Activities.SpotChecks;

/// <summary>The sheet that an inspector fills in.</summary>
public sealed record CheckForm
{
    /// <summary>The result: the outcome of the task.</summary>
    public CheckResult Result { get; init; }

    /// <summary>How it was checked.</summary>
    public required CheckMethod Method { get; init; }

    /// <summary>Whether the service happened as recorded.</summary>
    public bool? Happened { get; init; }

    /// <summary>Whether the recorded worker came.</summary>
    public bool? SameWorker { get; init; }

    /// <summary>Whether money was taken from the person.</summary>
    public bool? Charged { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Satisfaction { get; init; }

    /// <summary>In words; needed for everything but a Pass.</summary>
    public string? Findings { get; init; }

    /// <summary>The hashes of the sheets.</summary>
    public IReadOnlyList<string>? Evidence { get; init; }

    /// <summary>Why it cannot be so: a stable code; null when it can.</summary>
    public string? Problem(SpotCheckItem item) => this switch
    {
        { Satisfaction: < 1 or > 5 } => "SatisfactionInvalid",
        { Findings: { Length: > 2000 } } => "FindingsTooLong",
        { Result: not CheckResult.Pass, Findings: null or "" } => "FindingsMissing",
        { Result: CheckResult.CannotVerify } => null,
        { Method: CheckMethod.RecordReview } when item.Direct => "DirectContactNeeded",
        { Result: CheckResult.Pass or CheckResult.Minor, Happened: not true } => "DidNotHappen",
        { Result: CheckResult.Pass or CheckResult.Minor, Charged: true } => "MoneyTakenIsMajor",
        _ => null
    };
}
