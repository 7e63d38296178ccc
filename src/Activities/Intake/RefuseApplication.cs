using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Ends an application that is not accepted or is withdrawn; the person may apply again at any time.</summary>
[Activity("Relief Intake", "Ends an application that is not accepted or is withdrawn.", Chinese = "不予受理")]
[ChangesRecords]
public sealed class RefuseApplication(ReliefDatabase database) : Activity
{
    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Input("SupplementTimeout, Withdrawn, ConsentMissing, UnknownItem ….", Chinese = "原因")]
    public required string Reason { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Over(context.Records);
        if (await records.Set<Application>().FirstOrDefaultAsync(row => row.Id == ApplicationId, cancellationToken) is not { } application)
            return await Complete();

        var deed = Deed.Of(context);
        var withdrawn = Reason == "Withdrawn";
        await new ApplicationBook(records).Conclude(
            new ApplicationConclusion(ApplicationId, withdrawn ? ApplicationStatus.Withdrawn : ApplicationStatus.NotAccepted, null, Reason), deed, cancellationToken);
        Message[] told = [];
        if (application.CaseId is { } caseId)
        {
            told = DeniedCase.Tell((await new CaseDesk(records).Open(caseId, cancellationToken)).Case, Reason);
            var cases = new CaseBook(records);
            if (!withdrawn)
                await cases.Move(caseId, CaseStatus.NotAccepted, Reason, deed.Step("refuse"), cancellationToken);
            await cases.Move(caseId, CaseStatus.Closed, Reason, deed.Step("close"), cancellationToken);
        }

        return await Complete(Done, [Tell.Person(withdrawn ? "intake.withdrawn" : "intake.notAccepted", "A", application.PersonId, new { application.Number, reason = Reason }), .. told]);
    }
}
