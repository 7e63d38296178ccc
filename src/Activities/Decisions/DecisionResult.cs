namespace Relief.Flow.Activities.Decisions;

/// <summary>What became of a decision.</summary>
public abstract record DecisionResult
{
    /// <summary>It is taken.</summary>
    /// <param name="DecisionId">The decision.</param>
    public sealed record Taken(string DecisionId) : DecisionResult;

    /// <summary>It may not be taken so: SurveyorDecides, NoSurvey, NoRuleTrace, NoReason, NoProof.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : DecisionResult;
}
