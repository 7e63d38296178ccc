using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>Asks the machine's rules and keeps their trace with the case (A10, INV-10). It proposes; people decide.</summary>
[Activity("Relief Review", "Asks the eligibility rules and keeps their trace with the case.", Chinese = "资格校验")]
[Outcomes(Eligible, NotEligible, Undetermined)]
[ChangesRecords]
public sealed class EligibilityCheck(ReliefDatabase database) : Activity
{
    /// <summary>The audit event that holds the trace.</summary>
    public const string Checked = "EligibilityChecked";

    private const string Eligible = nameof(Eligible);
    private const string NotEligible = nameof(NotEligible);
    private const string Undetermined = nameof(Undetermined);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("What the economic check found.", Chinese = "经济核对结果")]
    public string Economic { get; init; } = "NotRequired";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        if (scene.Case.Status != CaseStatus.InReview)
            await new CaseBook(records).Move(CaseId, CaseStatus.InReview, null, deed.Step("case"), cancellationToken);
        var facts = await new PersonQueries(records).Facts(scene.Case.PersonId, ChinaTime.DayOf(context.Now), cancellationToken);
        var survey = await new SurveyQueries(records).Valid(CaseId, cancellationToken);
        var trace = EligibilityRules.Evaluate(facts!, survey?.FailedIndicators.Length ?? 0,
            new EligibilitySurroundings(await Doubled(records, scene, cancellationToken), Economic));
        var verdict = EligibilityRules.Verdict(trace);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail(Checked, new EligibilityTrace(verdict, EligibilityRules.Version, trace)), deed, cancellationToken);
        return await Complete(verdict);
    }

    // A need of the same item that is served in another case of the person.
    private static async Task<IReadOnlyList<string>> Doubled(ReliefDbContext records, CaseScene scene, CancellationToken cancellationToken)
    {
        var own = await records.Set<NeedItem>().Where(need => need.CaseId == scene.Case.Id).Select(need => need.ItemCode).ToListAsync(cancellationToken);
        return await (from need in records.Set<NeedItem>()
                      join other in records.Set<Case>() on need.CaseId equals other.Id
                      where other.PersonId == scene.Case.PersonId && other.Id != scene.Case.Id && other.ClosedAt == null
                          && need.Status == NeedStatus.Confirmed && own.Contains(need.ItemCode)
                      select need.ItemCode).Distinct().OrderBy(code => code).ToListAsync(cancellationToken);
    }
}
