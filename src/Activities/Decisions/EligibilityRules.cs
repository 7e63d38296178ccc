using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Decisions;

/// <summary>The rules of service relief, categories 1 to 5 (CZ-010 to CZ-013, README 0.2b), each with its own line in the trace.</summary>
/// <remarks>Pure: the same facts give the same trace, so a decision can be checked years later against its version.</remarks>
public static class EligibilityRules
{
    /// <summary>The version that a trace names.</summary>
    public const string Version = "service-relief-2026.1";

    private static readonly ReliefCategory[] Recognised = [ReliefCategory.Dibao, ReliefCategory.Tekun, ReliefCategory.Orphan, ReliefCategory.DeFactoUnattended];

    // Category 4 asks for both the household's class and the person's own condition.
    private static readonly ReliefCategory[] WithCondition =
    [
        ReliefCategory.Margin, ReliefCategory.AntiPoverty, ReliefCategory.Expenditure, ReliefCategory.ExPoverty, ReliefCategory.IllnessPovertyMonitored
    ];

    /// <summary>Asks every rule.</summary>
    /// <param name="facts">The person on the day.</param>
    /// <param name="failedIndicators">How many self-care indicators the survey found failing.</param>
    /// <param name="other">What is not about the person alone.</param>
    public static IReadOnlyList<RuleResult> Evaluate(PersonFacts facts, int failedIndicators, EligibilitySurroundings other) =>
    [
        RuleResult.Of("R1.alive", facts.Person.LifeStatus == LifeStatus.Alive, facts.Person.LifeStatus.ToString()),
        RuleResult.Of("R2.resident", facts.Person.MovedOn is null, facts.Person.AreaCode),
        Category(facts, failedIndicators),
        RuleResult.Of("R4.noDoubleBenefit", other.DoubledItems.Count == 0, string.Join(',', other.DoubledItems)),
        new RuleResult("R5.economicCheck", other.Economic switch { "Pass" or "NotRequired" => RuleResult.Pass, "Fail" => RuleResult.Fail, _ => RuleResult.Unknown }, other.Economic)
    ];

    /// <summary>Eligible when every rule passes, NotEligible when one fails, else Undetermined: a person decides.</summary>
    public static string Verdict(IReadOnlyList<RuleResult> trace) =>
        trace.Any(rule => rule.Result == RuleResult.Fail) ? "NotEligible"
        : trace.Any(rule => rule.Result == RuleResult.Unknown) ? "Undetermined" : "Eligible";

    private static RuleResult Category(PersonFacts facts, int failedIndicators)
    {
        var seen = string.Join(',', facts.Categories);
        if (facts.Categories.Intersect(Recognised).Any() || facts.Categories.Contains(ReliefCategory.TemporaryRelief))
            return RuleResult.Of("R3.category", true, seen);
        var condition = (facts.PersonClasses.Contains("elderly") && failedIndicators > 0)
            || facts.PersonClasses.Contains("seriouslyIll")
            || facts.Conditions.Any(row => row is { Kind: ConditionKind.Disability, Level: <= 2 });
        return RuleResult.Of("R3.category", condition && facts.Categories.Intersect(WithCondition).Any(), seen);
    }
}

/// <summary>What the rules ask besides the person.</summary>
/// <param name="DoubledItems">Items that another order of the person delivers already.</param>
/// <param name="Economic">Pass, Fail, Hit, Unavailable or NotRequired.</param>
public sealed record EligibilitySurroundings(IReadOnlyList<string> DoubledItems, string Economic);
