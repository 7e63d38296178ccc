using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Accepts an application: the case is Accepted, and the time within which it must be decided begins (P01 step 6).</summary>
[Activity("Relief Intake", "Accepts an application.", Chinese = "受理申请")]
[ChangesRecords]
public sealed class AcceptApplication(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Input("The clerk who found it complete; does not approve the case later (INV-09).", Chinese = "经办人")]
    public string AcceptedBy { get; init; } = "system";

    [Output("When it must be decided at the latest.", Chinese = "办结期限")]
    public DateTimeOffset DecisionDue { get; private set; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var deed = Deed.Of(context) with { By = AcceptedBy };
        await new ApplicationBook(records).Conclude(new ApplicationConclusion(ApplicationId, ApplicationStatus.Accepted, CaseId), deed, cancellationToken);
        if (await new CaseBook(records).Move(CaseId, CaseStatus.Accepted, null, deed.Step("case"), cancellationToken) is not CaseResult.Done)
            return await Fault("case.wrongState", "The case cannot be accepted in the state it is in.");
        var desk = new CaseDesk(records);
        var scene = await desk.Open(CaseId, cancellationToken);
        DecisionDue = (await desk.Deadline(scene, "decision.total", context.Now, cancellationToken)).Due;
        return await Complete(Done, scene.ToApplicant("intake.accepted", new { caseNumber = scene.Case.Number, decisionDue = ChinaTime.DayOf(DecisionDue) }));
    }
}
