namespace Relief.Flow.Activities.Decisions;

/// <summary>A decision as it is taken.</summary>
public sealed record DecisionEntry
{
    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The need, when it is about one.</summary>
    public string? NeedItemId { get; init; }

    /// <summary>The survey it rests on.</summary>
    public string? SurveyId { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Why; a denial must say.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>The reasons in words.</summary>
    public string? Reasons { get; init; }

    /// <summary>Each rule with its inputs and result, as JSON; empty means no rule was asked, and nothing is confirmed then.</summary>
    public string RuleTrace { get; init; } = "";

    /// <summary>The version of the rules.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>township or county (X09).</summary>
    public required string Authority { get; init; }

    /// <summary>From when.</summary>
    public required DateOnly EffectiveFrom { get; init; }
}
