using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Asks the eligibility rules about a person on a day, with what the records say of them (A10).</summary>
public sealed class EligibilityQueries(ReliefDbContext context)
{
    /// <summary>What the evidence of a reassessment begins with: its level is how many indicators fail.</summary>
    public const string Reassessed = "reassessment:";

    /// <summary>What every rule says.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="caseId">Their case; its survey and needs count.</param>
    /// <param name="at">What the economic check found, and the day that is asked about.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<EligibilityTrace> Of(string personId, string? caseId, (string Economic, DateOnly On) at, CancellationToken cancellationToken)
    {
        var facts = (await new PersonQueries(context).Facts(personId, at.On, cancellationToken))!;
        var survey = caseId is null ? null : await new SurveyQueries(context).Valid(caseId, cancellationToken);
        // What was looked at again counts more than the survey: a person may have recovered.
        var again = facts.Conditions.Where(row => row.Kind == ConditionKind.SelfCare && row.Evidence.StartsWith(Reassessed, StringComparison.Ordinal)).Max(row => row.Level);
        var trace = EligibilityRules.Evaluate(facts, again ?? survey?.FailedIndicators.Length ?? 0, new EligibilitySurroundings(await Doubled(personId, caseId, cancellationToken), at.Economic));
        return new EligibilityTrace(EligibilityRules.Verdict(trace), EligibilityRules.Version, trace);
    }

    // A need of the same item that is served in another case of the person.
    private async Task<IReadOnlyList<string>> Doubled(string personId, string? caseId, CancellationToken cancellationToken)
    {
        var own = await context.Set<NeedItem>().Where(need => need.CaseId == caseId).Select(need => need.ItemCode).ToListAsync(cancellationToken);
        return await (from need in context.Set<NeedItem>()
                      join other in context.Set<Case>() on need.CaseId equals other.Id
                      where other.PersonId == personId && other.Id != caseId && other.ClosedAt == null
                          && need.Status == NeedStatus.Confirmed && own.Contains(need.ItemCode)
                      select need.ItemCode).Distinct().OrderBy(code => code).ToListAsync(cancellationToken);
    }
}
