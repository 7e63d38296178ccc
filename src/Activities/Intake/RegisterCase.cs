using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Enters an accepted case into the township's register and tells the applicant its number (A06).</summary>
/// <remarks>The village's working ledger is made from the records, so nothing is copied here.</remarks>
[Activity("Relief Intake", "Enters an accepted case into the register and tells the applicant its number.", Chinese = "个案登记")]
[ChangesRecords]
public sealed class RegisterCase(ReliefDatabase database) : Activity
{
    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        await records.Audit(AuditTrail.Case(CaseId), new AuditDetail("CaseEntered", new { scene.Case.Number, scene.Township }), Deed.Of(context), cancellationToken);
        return await Complete(Done, scene.ToApplicant("register.caseNumber", new { caseNumber = scene.Case.Number }));
    }
}
