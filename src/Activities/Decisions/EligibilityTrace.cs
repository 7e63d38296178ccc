namespace Relief.Flow.Activities.Decisions;

/// <summary>What the eligibility rules found, as it is kept with the case.</summary>
/// <param name="Verdict">Eligible, NotEligible or Undetermined.</param>
/// <param name="Version">The version of the rules.</param>
/// <param name="Rules">Each rule with its inputs and result.</param>
public sealed record EligibilityTrace(string Verdict, string Version, IReadOnlyList<RuleResult> Rules);
