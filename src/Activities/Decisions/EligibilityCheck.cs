using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
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
        var trace = await new EligibilityQueries(records).Of(scene.Case.PersonId, scene.Case.Id, (Economic, ChinaTime.DayOf(context.Now)), cancellationToken);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail(Checked, trace), deed, cancellationToken);
        return await Complete(trace.Verdict);
    }
}
